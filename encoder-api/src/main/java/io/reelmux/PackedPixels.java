package io.reelmux;

import io.reelmux.internal.MappedMemory;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/**
 * A tightly packed frame in a buffer of bytes, floats, shorts or ints. All reads go through the
 * JVM's own bulk copy, as those of {@link BufferPixels}.
 */
final class PackedPixels implements PixelSource {
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final Buffer values;
  private final int valueBytes;

  /**
   * Creates the pixels.
   *
   * @param values a ByteBuffer, FloatBuffer, ShortBuffer or IntBuffer that begins with the frame
   */
  PackedPixels(PixelLayout layout, int width, int height, Buffer values, int valueBytes) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.values = values;
    this.valueBytes = valueBytes;
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
    int planeRow = layout.rowBytes(plane, width);
    long from = (long) row * planeRow + skip;
    for (int before = 0; before < plane; before++) {
      from += (long) layout.rowBytes(before, width) * layout.planeHeight(before, height);
    }
    if (planeRow == stride) {
      copy(from, (rows - 1) * stride + rowBytes, target, position);
      return;
    }
    for (int i = 0; i < rows; i++) {
      copy(from + (long) i * planeRow, rowBytes, target, position + i * stride);
    }
  }

  /** Copies bytes of the frame to anywhere in the target. */
  private void copy(long from, int bytes, ByteBuffer target, int position) {
    int first = Math.toIntExact(from / valueBytes);
    if (values instanceof ByteBuffer source) {
      target.put(position, source, first, bytes);
      return;
    }
    int count = bytes / valueBytes;
    ByteBuffer view = target.slice(position, bytes).order(ByteOrder.nativeOrder());
    if (values instanceof FloatBuffer floats) {
      view.asFloatBuffer().put(0, floats, first, count);
    } else if (values instanceof ShortBuffer shorts) {
      view.asShortBuffer().put(0, shorts, first, count);
    } else {
      view.asIntBuffer().put(0, (IntBuffer) values, first, count);
    }
  }

  @Override
  public void endPlane(int plane) {
    if (values.isDirect()) {
      MappedMemory.raiseFault();
    }
  }

  @Override
  public ByteOrder order() {
    return values instanceof ByteBuffer bytes ? bytes.order() : ByteOrder.nativeOrder();
  }
}
