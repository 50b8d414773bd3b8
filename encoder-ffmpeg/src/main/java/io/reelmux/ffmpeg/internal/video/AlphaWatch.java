package io.reelmux.ffmpeg.internal.video;

import io.reelmux.PixelLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks for transparent pixels in frames whose alpha is dropped: in all of the first frame, and in
 * an eighth of the rows of each later one, in turn, so that searching costs little and what lasts
 * for eight frames is found.
 */
final class AlphaWatch implements RowPass {
  private static final int TURNS = 8;

  private final int pixelBytes;
  private final long opaque;
  private final Runnable found;
  private boolean first = true;
  private int turn;
  private boolean done;

  /**
   * Creates a watch.
   *
   * @param layout a layout with alpha in bytes or 16-bit words
   * @param found is called once
   */
  AlphaWatch(PixelLayout layout, Runnable found) {
    boolean wide = layout.bytesPerComponent() == 2;
    boolean alphaFirst = layout == PixelLayout.ARGB || layout == PixelLayout.ABGR;
    this.pixelBytes = layout.rowBytes(0, 1);
    // as little-endian longs: two pixels of four bytes, or one of eight
    if (wide) {
      opaque = 0xFFFFL << 48;
    } else {
      opaque = alphaFirst ? 0xFF_0000_00FFL : 0xFF00_0000_FF00_0000L;
    }
    this.found = found;
  }

  @Override
  public void apply(ByteBuffer pixels, int stride, int width, int row, int rows) {
    if (done) {
      return;
    }
    if (row == 0) {
      turn++;
      first = turn == 1;
    }
    for (int y = 0; y < rows; y++) {
      boolean searched = first || (row + y) % TURNS == turn % TURNS;
      if (searched && !isOpaque(pixels, y * stride, width)) {
        done = true;
        found.run();
        return;
      }
    }
  }

  private boolean isOpaque(ByteBuffer pixels, int start, int width) {
    ByteBuffer view = pixels.order() == ByteOrder.LITTLE_ENDIAN ? pixels : littleEndian(pixels);
    int end = start + width * pixelBytes;
    long all = -1;
    int at = start;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      all &= view.getLong(at);
    }
    if (at < end) {
      all &= view.getInt(at) | (long) view.getInt(at) << Integer.SIZE;
    }
    return (all & opaque) == opaque;
  }

  private static ByteBuffer littleEndian(ByteBuffer pixels) {
    return pixels.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
