package io.reelmux;

import java.io.Serializable;
import java.math.BigInteger;
import java.time.Duration;

/**
 * A time base: the duration of one tick, in seconds, as a fraction.
 *
 * @param numerator positive
 * @param denominator positive
 */
public record TimeBase(int numerator, int denominator) implements Serializable {

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a part is not positive
   */
  public TimeBase {
    if (numerator <= 0 || denominator <= 0) {
      throw new IllegalArgumentException(
          "time base " + numerator + "/" + denominator + ": both parts must be positive");
    }
  }

  /**
   * Converts ticks to a duration, rounded to the nearest nanosecond.
   *
   * @param ticks the number of ticks; may be negative
   * @return the duration
   * @throws ArithmeticException if the seconds do not fit in 64 bits
   */
  public Duration toDuration(long ticks) {
    BigInteger nanos = scale(BigInteger.valueOf(ticks), NANOS, numerator, denominator);
    BigInteger[] parts = nanos.divideAndRemainder(NANOS);
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }

  /**
   * Converts a duration to ticks, rounded to the nearest tick.
   *
   * @param time the duration; may be negative
   * @return the number of ticks
   * @throws ArithmeticException if the ticks do not fit in 64 bits
   */
  public long toTicks(Duration time) {
    BigInteger nanos =
        BigInteger.valueOf(time.getSeconds())
            .multiply(NANOS)
            .add(BigInteger.valueOf(time.getNano()));
    return scale(nanos, BigInteger.valueOf(denominator), 1, 1)
        .add(half(NANOS.multiply(BigInteger.valueOf(numerator)), time.isNegative()))
        .divide(NANOS.multiply(BigInteger.valueOf(numerator)))
        .longValueExact();
  }

  /** Returns value * factor * n / d, rounded to nearest. */
  private static BigInteger scale(BigInteger value, BigInteger factor, int n, int d) {
    BigInteger divisor = BigInteger.valueOf(d);
    return value
        .multiply(factor)
        .multiply(BigInteger.valueOf(n))
        .add(half(divisor, value.signum() < 0))
        .divide(divisor);
  }

  private static BigInteger half(BigInteger divisor, boolean negative) {
    BigInteger half = divisor.shiftRight(1);
    return negative ? half.negate() : half;
  }
}
