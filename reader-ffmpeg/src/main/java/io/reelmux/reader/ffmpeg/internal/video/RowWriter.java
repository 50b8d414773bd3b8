package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FramePlanes;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Copies rows as they are. */
final class RowWriter implements FrameWriter {
  private final int planeCount;
  private final int[] order;
  private final NativeRows rows = new NativeRows();

  /**
   * Creates a writer.
   *
   * @param planeCount planes of the layout
   * @param order the frame's plane for each of them
   */
  RowWriter(int planeCount, int[] order) {
    this.planeCount = planeCount;
    this.order = order;
  }

  @Override
  public void write(AVFrame frame, FramePlanes planes, TargetRows target) {
    for (int plane = 0; plane < planeCount; plane++) {
      int count = target.rows(plane);
      int rowBytes = target.rowBytes(plane);
      ByteBuffer from = rows.of(frame, planes, order[plane], count, rowBytes).bytes();
      ByteBuffer to = target.buffer();
      int at = target.offset(plane);
      int stride = target.stride(plane);
      if (stride == rowBytes && planes.stride(order[plane]) == rowBytes) {
        to.put(at, from, 0, rowBytes * count);
        continue;
      }
      for (int row = 0; row < count; row++) {
        to.put(at + row * stride, from, rows.offset(row), rowBytes);
      }
    }
  }
}
