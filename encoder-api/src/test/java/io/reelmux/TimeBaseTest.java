package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeBaseTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 1500, 1500000000",
    "1, 1000, -1500, -1500000000",
    "1, 90000, 1, 11111",
    "1, 90000, -1, -11111",
    "1, 90000, 5, 55556",
    "1, 90000, -5, -55556",
    "1001, 30000, 1, 33366667",
    "1, 48000, 0, 0",
    "3, 1, 2, 6000000000",
    "1, 2000000000, 1, 1",
    "1, 2000000000, -1, -1"
  })
  void toDuration_ticks_roundsToTheNearestNanosecond(
      int numerator, int denominator, long ticks, long nanos) {
    assertThat(new TimeBase(numerator, denominator).toDuration(ticks))
        .isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, 1499999, 1",
    "1, 1000, 1500000, 2",
    "1, 1000, -1499999, -1",
    "1, 1000, -1500000, -2",
    "1, 90000, 33366667, 3003",
    "1001, 30000, 33366667, 1",
    "1001, 30000, -33366667, -1",
    "2, 1, 900000000, 0",
    "2, 1, 1000000000, 1",
    "1, 48000, 0, 0"
  })
  void toTicks_duration_roundsToTheNearestTick(
      int numerator, int denominator, long nanos, long ticks) {
    assertThat(new TimeBase(numerator, denominator).toTicks(Duration.ofNanos(nanos)))
        .isEqualTo(ticks);
  }

  @Test
  void toDuration_extremeTicks_isExact() {
    TimeBase millis = new TimeBase(1, 1000);

    assertThat(millis.toDuration(Long.MAX_VALUE)).isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
    assertThat(millis.toDuration(Long.MIN_VALUE)).isEqualTo(Duration.ofMillis(Long.MIN_VALUE));
    assertThat(millis.toTicks(Duration.ofMillis(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void conversion_beyond64Bits_throws() {
    assertThatThrownBy(() -> new TimeBase(2, 1).toDuration(Long.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new TimeBase(1, 1000).toTicks(Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void toTicks_ntscFrameTimes_roundTrip() {
    TimeBase frame = new TimeBase(1001, 30_000);
    for (long n = -10_000; n < 10_000; n += 7) {
      assertThat(frame.toTicks(frame.toDuration(n))).isEqualTo(n);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 1", "1, -1"})
  void constructor_partNotPositive_throws(int numerator, int denominator) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeBase(numerator, denominator))
        .withMessage(
            "time base " + numerator + "/" + denominator + ": both parts must be positive");
  }
}
