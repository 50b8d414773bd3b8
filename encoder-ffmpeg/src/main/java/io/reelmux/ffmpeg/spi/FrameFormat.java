package io.reelmux.ffmpeg.spi;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.av.ColorTags;

/**
 * The frames that an encoder is given.
 *
 * @param pixelFormat FFmpeg's number
 * @param width pixels
 * @param height pixels
 * @param color what the values mean
 * @param yuvColor what the values of the caller's Y'CbCr frames mean
 * @param chromaLocation AVChromaLocation
 * @param alpha what becomes of alpha
 * @param background 0xRRGGBB behind flattened frames
 */
public record FrameFormat(
    int pixelFormat,
    int width,
    int height,
    ColorSpec color,
    ColorSpec yuvColor,
    int chromaLocation,
    AlphaMode alpha,
    int background) {

  /** Returns the same frames in another pixel format. */
  public FrameFormat withPixelFormat(int other) {
    return new FrameFormat(
        other, width, height, color, yuvColor, chromaLocation, alpha, background);
  }

  /** Returns the same frames with another meaning of their values. */
  public FrameFormat withColor(ColorSpec other) {
    return new FrameFormat(
        pixelFormat, width, height, other, yuvColor, chromaLocation, alpha, background);
  }

  /** The tags of such frames. */
  public ColorTags tags() {
    return ColorTags.of(pixelFormat, color, chromaLocation);
  }
}
