package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies rows out of a frame's planes; the only code that reads the caller's pixels. */
interface PixelSource {

  /**
   * Copies rows, or the part of them that begins {@code skip} bytes after their first byte and is
   * {@code rowBytes} long, to {@code target} at {@code position}, {@code stride} bytes apart.
   */
  void copyRows(
      int plane,
      int row,
      int rows,
      int skip,
      int rowBytes,
      ByteBuffer target,
      int position,
      int stride);

  /** Called when all rows of a plane have been copied; throws if a read has faulted. */
  default void endPlane(int plane) {}

  /** Returns whether alpha means nothing, although the layout has it: it is undefined. */
  default boolean isOpaque() {
    return false;
  }

  /** Returns the byte order of components wider than a byte. */
  ByteOrder order();
}
