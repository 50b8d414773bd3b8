package io.reelmux.testing.media;

import java.math.BigInteger;
import java.time.Duration;

/** A time base in seconds, or a rate per second, as a container stores it. */
public record Rational(int numerator, int denominator) {

  /** Returns a number of ticks of this time base as a duration, to the nearest nanosecond. */
  public Duration toDuration(long ticks) {
    BigInteger twice = BigInteger.valueOf(ticks).multiply(BigInteger.valueOf(2_000_000_000L));
    BigInteger divisor = BigInteger.valueOf(denominator);
    long nanos =
        twice
            .multiply(BigInteger.valueOf(numerator))
            .add(divisor)
            .divide(divisor.shiftLeft(1))
            .longValueExact();
    return Duration.ofNanos(nanos);
  }
}
