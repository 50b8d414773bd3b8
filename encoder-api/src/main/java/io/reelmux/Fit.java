package io.reelmux;

/**
 * How a frame is fitted into the encoded size if it has another size or aspect ratio; {@link
 * VideoOptions.Builder#fit}. A frame that has the encoded size is never scaled. Frames in GPU
 * memory are not scaled in any case.
 */
public enum Fit {
  /**
   * Refuses frames of another size than the stream's, and an {@link
   * VideoOptions.Builder#outputSize} of another aspect ratio; the default. An output size of the
   * same aspect ratio scales the frames.
   */
  DENY,
  /** Scales width and height separately: the whole frame is visible and may be distorted. */
  STRETCH,
  /**
   * Scales the frame until it touches two edges, centers it, and fills the rest with {@link
   * VideoOptions#background()}. The frame's place and size are rounded to whole chroma samples of
   * the encoder's pixel format.
   */
  CONTAIN,
  /**
   * Cuts off what is beyond the encoded aspect ratio, half on either side, and scales the rest to
   * the whole encoded size. The cut is rounded to whole chroma samples of the frame's layout.
   */
  COVER
}
