package io.reelmux.ffmpeg.internal.video;

/** Floats of 16 bits: IEEE 754 binary16. */
final class Half {
  private static final int FRACTION_BITS = 10;
  private static final int MAX_EXPONENT = 0x1F;

  private Half() {}

  /** Returns the value of a binary16. */
  static float toFloat(short bits) {
    int exponent = (bits >> FRACTION_BITS) & MAX_EXPONENT;
    int fraction = bits & ((1 << FRACTION_BITS) - 1);
    float magnitude;
    if (exponent == MAX_EXPONENT) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else {
      magnitude = Float.intBitsToFloat(((exponent - 15 + 127) << 23) | (fraction << 13));
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
