package io.reelmux;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Pixels whose memory is freed when an object is garbage-collected, which is kept reachable. */
record OwnedPixels(PixelSource pixels, Object owner) implements PixelSource {

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
    try {
      pixels.copyRows(plane, row, rows, skip, rowBytes, target, position, stride);
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  @Override
  public void endPlane(int plane) {
    pixels.endPlane(plane);
  }

  @Override
  public boolean isOpaque() {
    return pixels.isOpaque();
  }

  @Override
  public ByteOrder order() {
    return pixels.order();
  }
}
