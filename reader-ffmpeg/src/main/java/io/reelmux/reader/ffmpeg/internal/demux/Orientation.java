package io.reelmux.reader.ffmpeg.internal.demux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * How decoded frames are turned to be shown.
 *
 * @param rotation degrees clockwise: 0, 90, 180 or 270
 * @param flipped whether they are mirrored left to right before they are turned
 */
record Orientation(int rotation, boolean flipped) {
  private static final Orientation UPRIGHT = new Orientation(0, false);
  private static final int MATRIX_BYTES = 9 * Integer.BYTES;

  /**
   * Reads a display matrix: row vectors are multiplied from the left, y points down. Angles between
   * the four right ones count as the nearest of them.
   *
   * @param matrix nine numbers in native byte order; null for none
   */
  static Orientation of(byte @Nullable [] matrix) {
    if (matrix == null || matrix.length < MATRIX_BYTES) {
      return UPRIGHT;
    }
    ByteBuffer numbers = ByteBuffer.wrap(matrix).order(ByteOrder.nativeOrder());
    double a = numbers.getInt(0);
    double b = numbers.getInt(Integer.BYTES);
    double c = numbers.getInt(3 * Integer.BYTES);
    double d = numbers.getInt(4 * Integer.BYTES);
    boolean flipped = a * d - b * c < 0;
    if (flipped) {
      // the matrix without the mirroring that comes first
      a = -a;
      b = -b;
    }
    double degrees = Math.toDegrees(Math.atan2(b - c, a + d));
    int quarter = (int) Math.round(degrees / 90);
    return new Orientation(Math.floorMod(quarter, 4) * 90, flipped);
  }
}
