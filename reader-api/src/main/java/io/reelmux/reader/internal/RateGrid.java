package io.reelmux.reader.internal;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import java.math.BigInteger;

/**
 * The times of frames at a constant rate, in a time base that expresses both them and the times of
 * the stream exactly, or in nanoseconds if there is none.
 */
final class RateGrid {
  private static final long NANOS = 1_000_000_000L;

  private final TimeBase source;
  private final FrameRate rate;
  private final int ticksPerSecond;

  RateGrid(TimeBase source, FrameRate rate) {
    this.source = source;
    this.rate = rate;
    long common = commonMultiple(source.denominator(), rate.numerator());
    this.ticksPerSecond = (int) (common > Integer.MAX_VALUE ? NANOS : common);
  }

  private static long commonMultiple(int a, int b) {
    return (long) a / BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).intValueExact() * b;
  }

  /** The unit of the grid's times. */
  TimeBase timeBase() {
    return new TimeBase(1, ticksPerSecond);
  }

  /** Converts a time of the stream. */
  long time(long pts) {
    return scale(pts, (long) source.numerator() * ticksPerSecond, source.denominator());
  }

  /** Returns the time of a frame from the first one on. */
  long offset(long frame) {
    return scale(frame, (long) rate.denominator() * ticksPerSecond, rate.numerator());
  }

  /** Returns the number of frames whose offset is before {@code span}. */
  long framesBefore(long span) {
    if (span <= 0) {
      return 0;
    }
    long guess =
        scale(
            span, rate.numerator(), Math.multiplyExact((long) rate.denominator(), ticksPerSecond));
    // rounded: the last one may be one too many, or one may be missing
    long count = Math.max(guess - 1, 0);
    while (offset(count) < span) {
      count++;
    }
    return count;
  }

  /** Returns value * factor / divisor, rounded to the nearest integer. */
  private static long scale(long value, long factor, long divisor) {
    if (factor % divisor == 0) {
      return Math.multiplyExact(value, factor / divisor);
    }
    BigInteger by = BigInteger.valueOf(divisor);
    BigInteger[] parts =
        BigInteger.valueOf(value)
            .multiply(BigInteger.valueOf(factor))
            .shiftLeft(1)
            .add(by)
            .divideAndRemainder(by.shiftLeft(1));
    boolean below = parts[1].signum() < 0;
    return parts[0].subtract(below ? BigInteger.ONE : BigInteger.ZERO).longValueExact();
  }
}
