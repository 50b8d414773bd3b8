package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ffmpeg.internal.av.FilterGraph.Step;
import java.util.List;

/**
 * How decoded frames are turned to be shown.
 *
 * @param rotation degrees clockwise: 0, 90, 180 or 270
 * @param flipped whether they are mirrored left to right before
 */
record Turn(int rotation, boolean flipped) {

  /** Frames stay as they are. */
  static final Turn NONE = new Turn(0, false);

  private static final int HALF = 180;
  private static final int QUARTER = 90;

  /** Whether width and height change places. */
  boolean swaps() {
    return rotation % HALF != 0;
  }

  /** Returns the filters that turn a frame. */
  List<Step> steps() {
    if (swaps()) {
      boolean clockwise = rotation == QUARTER;
      String direction = clockwise ? "clock" : "cclock";
      return List.of(new Step("transpose", "dir=" + direction + (flipped ? "_flip" : "")));
    }
    boolean half = rotation == HALF;
    Step mirror = new Step("hflip", "");
    Step upsideDown = new Step("vflip", "");
    if (half) {
      return flipped ? List.of(upsideDown) : List.of(mirror, upsideDown);
    }
    return flipped ? List.of(mirror) : List.of();
  }

  /**
   * Returns where a part of the frame as it is shown lies in the frame as it is decoded.
   *
   * @param width of the decoded frame
   * @param height of the decoded frame
   */
  Area undo(Area shown, int width, int height) {
    Area turned =
        switch (rotation) {
          case QUARTER ->
              new Area(
                  shown.y(), height - shown.x() - shown.width(), shown.height(), shown.width());
          case HALF ->
              new Area(
                  width - shown.x() - shown.width(),
                  height - shown.y() - shown.height(),
                  shown.width(),
                  shown.height());
          case HALF + QUARTER ->
              new Area(
                  width - shown.y() - shown.height(), shown.x(), shown.height(), shown.width());
          default -> shown;
        };
    return flipped
        ? new Area(width - turned.x() - turned.width(), turned.y(), turned.width(), turned.height())
        : turned;
  }
}
