package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.spi.Orientation;

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

  /** Returns whether players show frames as they are. */
  public boolean isIdentity() {
    return rotation == 0 && !flipHorizontal && !flipVertical;
  }

  /** Returns the matrix as files and FFmpeg store it. */
  int[] values() {
    // exchanging top and bottom is exchanging left and right, then turning by half
    int turned = (rotation + (flipVertical ? 180 : 0)) % 360;
    return new Orientation(turned, flipHorizontal != flipVertical).matrix();
  }
}
