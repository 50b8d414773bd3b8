package io.reelmux;

import io.reelmux.internal.MappedMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pixels in byte buffers, with a stride for each plane.
 *
 * <p>All reads go through the JVM's own bulk copy: it checks bounds, and if a mapped file shrinks
 * meanwhile, it throws an {@link InternalError} where native code would crash the process.
 */
final class BufferPixels implements PixelSource {
  private final ByteBuffer[] buffers;
  private final int[] offsets;
  private final int[] strides;

  BufferPixels(ByteBuffer[] buffers, int[] offsets, int[] strides) {
    this.buffers = buffers;
    this.offsets = offsets;
    this.strides = strides;
  }

  /** A frame that begins at {@code offset}, with its planes one after another. */
  static BufferPixels joined(
      PixelLayout layout, int height, ByteBuffer buffer, int offset, int[] strides) {
    int planes = layout.planeCount();
    ByteBuffer[] buffers = new ByteBuffer[planes];
    int[] offsets = new int[planes];
    int position = offset;
    for (int plane = 0; plane < planes; plane++) {
      int rows = layout.planeHeight(plane, height);
      buffers[plane] = buffer;
      offsets[plane] = position + firstRow(strides[plane], rows);
      position += Math.abs(strides[plane]) * rows;
    }
    return new BufferPixels(buffers, offsets, strides);
  }

  /** Returns where the row that is shown first begins: with a negative stride it is stored last. */
  static int firstRow(int stride, int rows) {
    return stride < 0 ? -stride * (rows - 1) : 0;
  }

  @Override
  public void copyRows(
      int plane,
      int row,
      int rows,
      int skip,
      int rowBytes,
      ByteBuffer target,
      int position,
      int stride) {
    ByteBuffer source = buffers[plane];
    int sourceStride = strides[plane];
    int from = offsets[plane] + row * sourceStride + skip;
    if (sourceStride == stride) {
      target.put(position, source, from, (rows - 1) * stride + rowBytes);
      return;
    }
    for (int i = 0; i < rows; i++) {
      target.put(position + i * stride, source, from + i * sourceStride, rowBytes);
    }
  }

  @Override
  public void endPlane(int plane) {
    if (buffers[plane].isDirect()) {
      MappedMemory.raiseFault();
    }
  }

  @Override
  public ByteOrder order() {
    return buffers[0].order();
  }
}
