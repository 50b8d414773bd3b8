package io.reelmux.cuda.internal.kernel;

import io.reelmux.ColorSpec;

/**
 * The matrix of a color specification in fixed point. A code is {@code (offset + sum of coefficient
 * times sample) >> shift}; the offset is black plus one half for rounding. Chroma samples are sums
 * over the neighborhood with a total weight of 32.
 *
 * <p>White and all grays are exact: the luma coefficients add up to the whole scale, those of a
 * chroma row to 0.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Coefficients(int[] luma, int[] u, int[] v, long lumaOffset, long chromaOffset) {

  /** Weight of all taps: 1-2-1 across times 1-3-3-1 down. */
  private static final int CHROMA_WEIGHT = 32;

  /**
   * Computes the coefficients.
   *
   * @param color matrix and range
   * @param bits bits per code, 8 or 10
   * @param white the sample value of full intensity
   * @param shift fraction bits
   */
  static Coefficients of(ColorSpec color, int bits, int white, int shift) {
    double red = color.matrix().kr();
    double blue = color.matrix().kb();
    boolean limited = color.range() == ColorSpec.Range.LIMITED;
    int full = (1 << bits) - 1;
    double unit = Math.scalb(1.0, shift) / white;
    double lumaScale = (limited ? 219 << (bits - 8) : full) * unit;
    double chromaScale = (limited ? 224 << (bits - 8) : full) * unit / CHROMA_WEIGHT;
    int lumaRed = fixed(red * lumaScale);
    int lumaBlue = fixed(blue * lumaScale);
    int half = fixed(0.5 * chromaScale);
    int uRed = fixed(-0.5 * red / (1 - blue) * chromaScale);
    int vBlue = fixed(-0.5 * blue / (1 - red) * chromaScale);
    long rounding = 1L << (shift - 1);
    return new Coefficients(
        new int[] {lumaRed, fixed(lumaScale) - lumaRed - lumaBlue, lumaBlue},
        new int[] {uRed, -uRed - half, half},
        new int[] {half, -half - vBlue, vBlue},
        ((limited ? 16L << (bits - 8) : 0) << shift) + rounding,
        (1L << (bits - 1 + shift)) + rounding);
  }

  private static int fixed(double value) {
    return Math.toIntExact(Math.round(value));
  }
}
