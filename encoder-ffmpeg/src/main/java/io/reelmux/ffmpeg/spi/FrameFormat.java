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
 * @param chromaLocation AVChromaLocation
 * @param alpha what becomes of alpha
 * @param background 0xRRGGBB behind flattened frames
 */
public record FrameFormat(
    int pixelFormat,
    int width,
    int height,
    ColorSpec color,
    int chromaLocation,
    AlphaMode alpha,
    int background) {

  /** The tags of such frames. */
  public ColorTags tags() {
    return ColorTags.of(pixelFormat, color, chromaLocation);
  }
}
