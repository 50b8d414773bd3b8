package io.reelmux.reader.ffmpeg.internal.video;

/**
 * A part of a frame, in pixels.
 *
 * @param x first column
 * @param y first row
 * @param width columns
 * @param height rows
 */
record Area(int x, int y, int width, int height) {

  /** Returns all of a frame. */
  static Area whole(int width, int height) {
    return new Area(0, 0, width, height);
  }

  /** Whether both have the same width and height. */
  boolean sameSize(Area other) {
    return width == other.width && height == other.height;
  }

  /** Whether the corner is a whole chroma sample. */
  boolean startsOn(int unitX, int unitY) {
    return x % unitX == 0 && y % unitY == 0;
  }

  /** Whether this consists of whole chroma samples. */
  boolean isWhole(int unitX, int unitY) {
    return startsOn(unitX, unitY) && width % unitX == 0 && height % unitY == 0;
  }

  /**
   * Returns the smallest area of whole chroma samples around this one.
   *
   * @param margin pixels that are added on each side, within the frame
   * @param width of the frame, whole chroma samples
   * @param height of the frame, whole chroma samples
   */
  Area around(int margin, int unitX, int unitY, int width, int height) {
    int left = Math.max(0, x - margin) / unitX * unitX;
    int top = Math.max(0, y - margin) / unitY * unitY;
    int right = Math.min(width, up(x + this.width + margin, unitX));
    int bottom = Math.min(height, up(y + this.height + margin, unitY));
    return new Area(left, top, right - left, bottom - top);
  }

  /** Returns where this area is in another, which contains it. */
  Area in(Area outer) {
    return new Area(x - outer.x, y - outer.y, width, height);
  }

  /** Rounds up to a multiple. */
  static int up(int value, int unit) {
    return (value + unit - 1) / unit * unit;
  }
}
