package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The rows of the output in the caller's memory, and its margins. */
final class TargetRows {
  private static final int BLACK = 16;
  private static final int NEUTRAL = 128;

  private final PixelLayout layout;
  private final Framing framing;
  private final int planes;
  private final byte[][] margins;

  private ByteBuffer target = ByteBuffer.allocate(0);
  private int start;

  /**
   * Rows of frames of a layout.
   *
   * @param color what Y'CbCr frames mean: black depends on the range
   */
  TargetRows(PixelLayout layout, Framing framing, ColorSpec color) {
    this.layout = layout;
    this.framing = framing;
    this.planes = layout.planeCount();
    this.margins = new byte[planes][];
    if (framing.hasMargins()) {
      for (int plane = 0; plane < planes; plane++) {
        margins[plane] = blackRow(plane, color);
      }
    }
  }

  private byte[] blackRow(int plane, ColorSpec color) {
    byte[] row = new byte[layout.rowBytes(plane, framing.width())];
    if (layout.isYuv()) {
      fillYuv(row, plane, color.range() == ColorSpec.Range.FULL);
    } else if (layout.hasAlpha()) {
      fillAlpha(row);
    }
    return row;
  }

  private void fillYuv(byte[] row, int plane, boolean full) {
    int code = plane > 0 ? NEUTRAL : full ? 0 : BLACK;
    if (layout.bytesPerComponent() == 1) {
      Arrays.fill(row, (byte) code);
      return;
    }
    int word = layout == PixelLayout.P010 ? code << Byte.SIZE : code << 2;
    ByteBuffer words = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
    while (words.hasRemaining()) {
      words.putShort((short) word);
    }
  }

  /** Margins are opaque. */
  private void fillAlpha(byte[] row) {
    boolean first = layout == PixelLayout.ARGB || layout == PixelLayout.ABGR;
    int size = layout.bytesPerComponent();
    byte[] opaque =
        layout.isFloat()
            ? ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).array()
            : new byte[] {-1, -1};
    for (int pixel = 0; pixel < framing.width(); pixel++) {
      int at = pixel * 4 * size + (first ? 0 : 3 * size);
      System.arraycopy(opaque, 0, row, at, size);
    }
  }

  /**
   * Selects the caller's memory, and fills the margins.
   *
   * @param buffer of exactly the size of a frame
   */
  TargetRows into(ByteBuffer buffer) {
    target = buffer;
    start = buffer.position();
    if (framing.hasMargins()) {
      fillMargins();
    }
    return this;
  }

  private void fillMargins() {
    int base = start;
    for (int plane = 0; plane < planes; plane++) {
      int rowBytes = layout.rowBytes(plane, framing.width());
      int rows = layout.planeHeight(plane, framing.height());
      int top = firstRow(plane);
      int bottom = top + rows(plane);
      int left = leftBytes(plane);
      int right = left + rowBytes(plane);
      for (int row = 0; row < rows; row++) {
        int at = base + row * rowBytes;
        if (row < top || row >= bottom) {
          target.put(at, margins[plane], 0, rowBytes);
        } else {
          target.put(at, margins[plane], 0, left);
          target.put(at + right, margins[plane], right, rowBytes - right);
        }
      }
      base += rowBytes * rows;
    }
  }

  private int firstRow(int plane) {
    return plane == 0 ? framing.content().y() : framing.content().y() / layout.chromaRows();
  }

  private int leftBytes(int plane) {
    return layout.rowBytes(plane, framing.content().x());
  }

  /** Rows of the content. */
  int rows(int plane) {
    return layout.planeHeight(plane, framing.content().height());
  }

  /** Bytes of a row of the content. */
  int rowBytes(int plane) {
    return layout.rowBytes(plane, framing.content().width());
  }

  /** Bytes from a row of the content to the next. */
  int stride(int plane) {
    return layout.rowBytes(plane, framing.width());
  }

  /** Where the first row of the content begins in {@link #buffer}. */
  int offset(int plane) {
    int base = start;
    for (int before = 0; before < plane; before++) {
      base +=
          layout.rowBytes(before, framing.width()) * layout.planeHeight(before, framing.height());
    }
    return base + firstRow(plane) * stride(plane) + leftBytes(plane);
  }

  /** The caller's memory, for absolute access; its byte order is the caller's. */
  ByteBuffer buffer() {
    return target;
  }

  /** Lets go of the caller's memory. */
  void release() {
    target = ByteBuffer.allocate(0);
  }
}
