package io.reelmux;

import java.io.Serializable;

/**
 * The width of a pixel over its height, in lowest terms.
 *
 * @param numerator width
 * @param denominator height
 */
public record SampleAspectRatio(int numerator, int denominator) implements Serializable {

  /** The highest numerator and denominator that streams can store. */
  public static final int MAX = 65_535;

  /**
   * Checks the values and reduces them.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public SampleAspectRatio {
    Checks.inRange("numerator", numerator, 1, MAX);
    Checks.inRange("denominator", denominator, 1, MAX);
    int divisor = greatestCommonDivisor(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
  }

  /**
   * Returns a ratio.
   *
   * @param numerator width, 1 to {@value #MAX}
   * @param denominator height, 1 to {@value #MAX}
   * @return the ratio
   * @throws IllegalArgumentException if a value is out of range
   */
  public static SampleAspectRatio of(int numerator, int denominator) {
    return new SampleAspectRatio(numerator, denominator);
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** {@return the ratio as {@code 16:11}} */
  @Override
  public String toString() {
    return numerator + ":" + denominator;
  }
}
