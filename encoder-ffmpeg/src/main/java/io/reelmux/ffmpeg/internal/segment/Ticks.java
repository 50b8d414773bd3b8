package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.TimeBase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A time as an exact fraction of a second.
 *
 * @param value number of ticks
 * @param base duration of a tick
 */
record Ticks(long value, TimeBase base) implements Comparable<Ticks> {

  private static final TimeBase NANOS = new TimeBase(1, 1_000_000_000);

  static Ticks of(Duration time) {
    return new Ticks(time.toNanos(), NANOS);
  }

  /** Returns a time of this time base. */
  Ticks plus(long ticks) {
    return new Ticks(value + ticks, base);
  }

  boolean isBefore(Ticks other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Ticks other) {
    long unit = (long) base.numerator() * other.base.denominator();
    long otherUnit = (long) other.base.numerator() * base.denominator();
    int high =
        Long.compare(Math.multiplyHigh(value, unit), Math.multiplyHigh(other.value, otherUnit));
    return high != 0 ? high : Long.compareUnsigned(value * unit, other.value * otherUnit);
  }

  /** Returns the seconds, rounded to a number of decimals. */
  BigDecimal seconds(int decimals, RoundingMode rounding) {
    return BigDecimal.valueOf(value)
        .multiply(BigDecimal.valueOf(base.numerator()))
        .divide(BigDecimal.valueOf(base.denominator()), decimals, rounding);
  }

  Duration toDuration() {
    return base.toDuration(value);
  }

  double toDouble() {
    return (double) value * base.numerator() / base.denominator();
  }
}
