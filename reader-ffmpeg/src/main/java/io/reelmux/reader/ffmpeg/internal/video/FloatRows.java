package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FramePlanes;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Reads rows of 32-bit floats, clipped to 0 to 1. */
final class FloatRows {

  /** FFmpeg keeps planar RGB as G, B, R, alpha. */
  private static final int[] GBRA = {2, 0, 1, 3};

  private final NativeRows rows = new NativeRows();
  private final float[] row;
  private FloatBuffer floats = FloatBuffer.allocate(0);

  FloatRows(int width) {
    row = new float[width];
  }

  /**
   * Selects a component.
   *
   * @param component 0 to 3: red, green, blue, alpha
   * @param count number of rows
   */
  void select(AVFrame frame, FramePlanes planes, int component, int count) {
    int rowBytes = row.length * Float.BYTES;
    // strides are whole floats: zimg aligns them
    floats = rows.of(frame, planes, GBRA[component], count, rowBytes).bytes().asFloatBuffer();
  }

  /** Returns a row, valid until the next call. */
  float[] read(int y) {
    floats.get(rows.offset(y) / Float.BYTES, row);
    for (int x = 0; x < row.length; x++) {
      row[x] = Math.min(Math.max(row[x], 0), 1);
    }
    return row;
  }
}
