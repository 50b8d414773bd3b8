package io.reelmux.ffmpeg.internal.mux;

/**
 * How players turn the frames of a stream: mirrored first, then rotated.
 *
 * @param rotation degrees clockwise: 0, 90, 180 or 270
 * @param flipHorizontal whether left and right are exchanged
 * @param flipVertical whether top and bottom are exchanged
 */
public record DisplayMatrix(int rotation, boolean flipHorizontal, boolean flipVertical) {

  /** Frames are shown as they are. */
  public static final DisplayMatrix IDENTITY = new DisplayMatrix(0, false, false);

  private static final int ONE = 1 << 16;
  private static final int LAST_ONE = 1 << 30;

  /** Returns whether players show frames as they are. */
  public boolean isIdentity() {
    return rotation == 0 && !flipHorizontal && !flipVertical;
  }

  /**
   * Returns the matrix as files and FFmpeg store it: row vectors (x, y, 1) are multiplied from the
   * left, y points down, and the numbers have 16 binary places, those of the last column 30.
   */
  int[] values() {
    int x = flipHorizontal ? -ONE : ONE;
    int y = flipVertical ? -ONE : ONE;
    return switch (rotation) {
      case 90 -> new int[] {0, x, 0, -y, 0, 0, 0, 0, LAST_ONE};
      case 180 -> new int[] {-x, 0, 0, 0, -y, 0, 0, 0, LAST_ONE};
      case 270 -> new int[] {0, -x, 0, y, 0, 0, 0, 0, LAST_ONE};
      default -> new int[] {x, 0, 0, 0, y, 0, 0, 0, LAST_ONE};
    };
  }
}
