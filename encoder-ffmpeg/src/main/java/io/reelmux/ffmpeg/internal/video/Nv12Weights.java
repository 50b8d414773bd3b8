package io.reelmux.ffmpeg.internal.video;

import io.reelmux.ColorSpec;

/**
 * A row of the matrix from R'G'B' to Y'CbCr, in fixed point: a code is the sum of the components
 * times their weights and the offset, without the fraction bits.
 *
 * <p>Grays are exact: the weights of luma add up to the whole scale, those of chroma to 0.
 */
record Nv12Weights(int red, int green, int blue, int offset) {

  /** Fraction bits of luma. */
  static final int LUMA_BITS = 16;

  /** Fraction bits of chroma. */
  static final int CHROMA_BITS = 19;

  /** Weight of the pixels that a chroma sample is made of: 1-2-1 across times 1-3-3-1 down. */
  private static final int CHROMA_PIXELS = 32;

  private static final double MAX = 255;

  /** Y'. */
  static Nv12Weights luma(ColorSpec color) {
    boolean limited = color.range() == ColorSpec.Range.LIMITED;
    double scale = Math.scalb(limited ? 219 / MAX : 1, LUMA_BITS);
    int red = round(color.matrix().kr() * scale);
    int blue = round(color.matrix().kb() * scale);
    int black = limited ? 16 << LUMA_BITS : 0;
    return new Nv12Weights(red, round(scale) - red - blue, blue, black + (1 << (LUMA_BITS - 1)));
  }

  /** Cb. */
  static Nv12Weights cb(ColorSpec color) {
    double blue = chromaScale(color);
    int red = round(-color.matrix().kr() / (1 - color.matrix().kb()) * blue);
    return new Nv12Weights(red, -red - round(blue), round(blue), chromaOffset());
  }

  /** Cr. */
  static Nv12Weights cr(ColorSpec color) {
    double red = chromaScale(color);
    int blue = round(-color.matrix().kb() / (1 - color.matrix().kr()) * red);
    return new Nv12Weights(round(red), -round(red) - blue, blue, chromaOffset());
  }

  private static double chromaScale(ColorSpec color) {
    boolean limited = color.range() == ColorSpec.Range.LIMITED;
    return Math.scalb(0.5 * (limited ? 224 / MAX : 1) / CHROMA_PIXELS, CHROMA_BITS);
  }

  /** A little less than a half is added, so that 255.5, which full range reaches, fits a byte. */
  private static int chromaOffset() {
    int half = 1 << (CHROMA_BITS - 1);
    return (128 << CHROMA_BITS) + half - (half >> 8);
  }

  private static int round(double value) {
    return Math.toIntExact(Math.round(value));
  }
}
