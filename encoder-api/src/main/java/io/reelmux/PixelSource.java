package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Gives out the rows of a picture's planes; the only code that reads the caller's pixels. */
interface PixelSource {

  /**
   * Copies whole rows, each {@code rowBytes} long, to {@code target} at {@code position}, {@code
   * stride} bytes apart.
   */
  void copyRows(
      int plane, int row, int rows, int rowBytes, ByteBuffer target, int position, int stride);

  /** All rows of a plane have been copied: what went wrong meanwhile comes out now. */
  default void endPlane(int plane) {}

  /** Byte order of components wider than a byte. */
  ByteOrder order();
}
