package io.reelmux;

import java.io.Serializable;

/**
 * A frame rate in frames per second, as an exact fraction in lowest terms.
 *
 * <p>A {@code double} cannot represent 30000/1001. {@link #of(double)} therefore snaps to the rates
 * that film and television use, and converts any other number to a nearby simple fraction.
 *
 * @param numerator the number of frames, 1 to 2^31-1
 * @param denominator the number of seconds, 1 to 2^31-1
 */
public record FrameRate(int numerator, int denominator) implements Serializable {

  /** Maximum rate, in frames per second. */
  public static final int MAX = 10_000;

  /** Minimum rate: one frame per hour. */
  private static final double MIN = 1.0 / 3600;

  /** Whole rates whose 1000/1001 variant is in use (NTSC and its multiples). */
  private static final int[] NTSC = {12, 15, 24, 30, 48, 60, 90, 120, 240};

  /** 29.97, 23.976 and 59.94 lie within 1.1e-6 of n*1000/1001. */
  private static final double NTSC_TOLERANCE = 2e-6;

  /** Off by less than a tenth of a frame after ten hours at 30 frames per second. */
  private static final double FRACTION_TOLERANCE = 9e-8;

  /**
   * Reduces the fraction and checks its range.
   *
   * @throws IllegalArgumentException if a part is not positive, or the rate is above {@value #MAX}
   *     or below one frame per hour
   */
  public FrameRate {
    if (numerator <= 0 || denominator <= 0) {
      throw new IllegalArgumentException(
          "frame rate " + numerator + "/" + denominator + ": both parts must be positive");
    }
    checkRange((double) numerator / denominator);
    int divisor = gcd(numerator, denominator);
    numerator /= divisor;
    denominator /= divisor;
  }

  /**
   * Returns the exact rate for a decimal number: a whole rate if it is one, else an NTSC rate
   * (29.97 is 30000/1001, 23.976 and 23.98 are 24000/1001, 59.94 is 60000/1001), else the first
   * convergent of the number's continued fraction that is within 0.09 parts per million of it.
   *
   * @param framesPerSecond frames per second, from 1/3600 to {@value #MAX}
   * @return the exact rate
   * @throws IllegalArgumentException if the number is NaN, infinite or out of range
   */
  public static FrameRate of(double framesPerSecond) {
    checkRange(framesPerSecond);
    long whole = Math.round(framesPerSecond);
    if (whole > 0 && near(framesPerSecond, (double) whole, FRACTION_TOLERANCE)) {
      return new FrameRate((int) whole, 1);
    }
    if (framesPerSecond == 23.98) {
      return new FrameRate(24_000, 1001);
    }
    for (int rate : NTSC) {
      if (near(framesPerSecond, rate * 1000 / 1001.0, NTSC_TOLERANCE)) {
        return new FrameRate(rate * 1000, 1001);
      }
    }
    return simplest(framesPerSecond);
  }

  /**
   * Returns an exact rate.
   *
   * @param numerator the number of frames, 1 to 2^31-1
   * @param denominator the number of seconds, 1 to 2^31-1
   * @return the rate in lowest terms
   * @throws IllegalArgumentException if a part is not positive, or the rate is above {@value #MAX}
   *     or below one frame per hour
   */
  public static FrameRate of(int numerator, int denominator) {
    return new FrameRate(numerator, denominator);
  }

  /**
   * Returns the rate as a decimal number.
   *
   * @return frames per second
   */
  public double toDouble() {
    return (double) numerator / denominator;
  }

  /** {@return the rate as {@code 30} or {@code 30000/1001}} */
  @Override
  public String toString() {
    return denominator == 1 ? Integer.toString(numerator) : numerator + "/" + denominator;
  }

  /** Returns the first convergent of the continued fraction that is near enough. */
  private static FrameRate simplest(double value) {
    long n0 = 0;
    long n1 = 1;
    long d0 = 1;
    long d1 = 0;
    double rest = value;
    while (true) {
      long part = (long) Math.floor(rest);
      long n = part * n1 + n0;
      long d = part * d1 + d0;
      if (n > Integer.MAX_VALUE || d > Integer.MAX_VALUE) {
        return new FrameRate((int) n1, (int) d1);
      }
      if (n > 0 && near(value, (double) n / d, FRACTION_TOLERANCE)) {
        return new FrameRate((int) n, (int) d);
      }
      n0 = n1;
      n1 = n;
      d0 = d1;
      d1 = d;
      rest = 1 / (rest - part);
    }
  }

  private static boolean near(double value, double target, double tolerance) {
    return Math.abs(value - target) <= target * tolerance;
  }

  private static void checkRange(double rate) {
    if (!(rate >= MIN && rate <= MAX)) {
      throw new IllegalArgumentException(
          "frame rate " + rate + ": must be from 1/3600 to " + MAX + " frames per second");
    }
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
