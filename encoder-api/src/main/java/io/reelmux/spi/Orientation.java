package io.reelmux.spi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * How the frames of a stream are turned to be shown: mirrored first, then rotated.
 *
 * @param rotation degrees clockwise: 0, 90, 180 or 270
 * @param flipped whether left and right are exchanged
 */
public record Orientation(int rotation, boolean flipped) {

  /** Frames are shown as they are. */
  public static final Orientation UPRIGHT = new Orientation(0, false);

  private static final int MATRIX_BYTES = 9 * Integer.BYTES;
  private static final int ONE = 1 << 16;
  private static final int LAST_ONE = 1 << 30;

  /**
   * Reads a display matrix. Angles between the four right ones count as the nearest of them.
   *
   * @param matrix nine numbers in native byte order; null for none
   * @return how frames are turned
   */
  public static Orientation of(byte @Nullable [] matrix) {
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

  /**
   * Returns the display matrix as files and FFmpeg store it: row vectors (x, y, 1) are multiplied
   * from the left, y points down, and the numbers have 16 binary places, those of the last column
   * 30.
   *
   * @return nine numbers
   */
  public int[] matrix() {
    int x = flipped ? -ONE : ONE;
    return switch (rotation) {
      case 90 -> new int[] {0, x, 0, -ONE, 0, 0, 0, 0, LAST_ONE};
      case 180 -> new int[] {-x, 0, 0, 0, -ONE, 0, 0, 0, LAST_ONE};
      case 270 -> new int[] {0, -x, 0, ONE, 0, 0, 0, 0, LAST_ONE};
      default -> new int[] {x, 0, 0, 0, ONE, 0, 0, 0, LAST_ONE};
    };
  }

  /**
   * Returns the bytes of the {@link #matrix}.
   *
   * @return nine numbers in native byte order
   */
  public byte[] matrixBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(MATRIX_BYTES).order(ByteOrder.nativeOrder());
    bytes.asIntBuffer().put(matrix());
    return bytes.array();
  }
}
