package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.PixelLayout;
import io.reelmux.ffmpeg.internal.av.FramePlanes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Copies planes of 32-bit floats, clipped to 0 to 1, plane after plane or pixel after pixel. */
final class FloatWriter implements FrameWriter {
  private static final int ALPHA = 3;

  private final boolean packed;
  private final int components;
  private final FloatRows[] rows;
  private final float[] pixels;

  /**
   * Creates a writer.
   *
   * @param alpha whether the frames have alpha
   * @param width pixels of a row
   */
  FloatWriter(PixelLayout layout, boolean alpha, int width) {
    this.packed = layout.planeCount() == 1;
    this.components = layout.hasAlpha() ? ALPHA + 1 : ALPHA;
    this.rows = new FloatRows[layout.hasAlpha() && alpha ? ALPHA + 1 : ALPHA];
    Arrays.setAll(rows, component -> new FloatRows(width));
    this.pixels = new float[packed ? components * width : 0];
    Arrays.fill(pixels, 1);
  }

  @Override
  public void write(AVFrame frame, FramePlanes planes, TargetRows target) {
    for (int component = 0; component < rows.length; component++) {
      rows[component].select(frame, planes, component, target.rows(0));
    }
    if (packed) {
      writePixels(target);
      return;
    }
    for (int plane = 0; plane < components; plane++) {
      FloatBuffer to = floats(target, plane);
      int stride = target.stride(plane) / Float.BYTES;
      for (int y = 0; y < target.rows(plane); y++) {
        to.put(y * stride, rows[plane].read(y));
      }
    }
  }

  private void writePixels(TargetRows target) {
    FloatBuffer to = floats(target, 0);
    int stride = target.stride(0) / Float.BYTES;
    for (int y = 0; y < target.rows(0); y++) {
      for (int component = 0; component < rows.length; component++) {
        float[] row = rows[component].read(y);
        for (int x = 0; x < row.length; x++) {
          pixels[x * components + component] = row[x];
        }
      }
      to.put(y * stride, pixels);
    }
  }

  private static FloatBuffer floats(TargetRows target, int plane) {
    ByteBuffer from = target.buffer().duplicate().position(target.offset(plane));
    return from.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
