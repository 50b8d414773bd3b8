package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRateTest {

  @ParameterizedTest
  @CsvSource({
    "30, 30, 1",
    "25, 25, 1",
    "1, 1, 1",
    "10000, 10000, 1",
    "24.000002, 24, 1",
    "29.97, 30000, 1001",
    "29.97002997, 30000, 1001",
    "29.97002997002997, 30000, 1001",
    "23.976, 24000, 1001",
    "23.976023976023978, 24000, 1001",
    "23.98, 24000, 1001",
    "59.94, 60000, 1001",
    "119.88, 120000, 1001",
    "239.76, 240000, 1001",
    "47.952, 48000, 1001",
    "14.985, 15000, 1001",
    "11.988, 12000, 1001",
    "89.91, 90000, 1001",
    "24.51, 2451, 100",
    "25.0001, 250001, 10000",
    "12.5, 25, 2",
    "0.5, 1, 2",
    "0.001, 1, 1000",
    "0.0002777777777777778, 1, 3600",
    "33.333333333333336, 100, 3",
    "3.141592653589793, 355, 113",
    "29.9, 299, 10"
  })
  void of_decimal_returnsAStandardRateOrASimpleFraction(
      double rate, int numerator, int denominator) {
    assertThat(FrameRate.of(rate)).isEqualTo(new FrameRate(numerator, denominator));
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        0,
        -0.0,
        -30,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        0.0002777,
        10_000.001
      })
  void of_invalidRate_throws(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameRate.of(rate))
        .withMessage("frame rate " + rate + ": must be from 1/3600 to 10000 frames per second");
  }

  @Test
  void of_anyRate_isWithinTwoPartsPerMillion() {
    for (double rate = 0.3; rate < 300; rate += 0.0137) {
      FrameRate found = FrameRate.of(rate);
      double relative = Math.abs(found.toDouble() - rate) / rate;

      assertThat(relative).as("%s is %s", rate, found).isLessThanOrEqualTo(2e-6);
    }
  }

  @Test
  void constructor_fraction_reducesIt() {
    assertThat(FrameRate.of(60, 2)).isEqualTo(new FrameRate(30, 1));
    assertThat(FrameRate.of(60_000, 2002)).isEqualTo(new FrameRate(30_000, 1001));
    assertThat(FrameRate.of(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(new FrameRate(1, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-1, 1", "1, -1", "-30, -1", "-2147483648, 1"})
  void constructor_partNotPositive_throws(int numerator, int denominator) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameRate.of(numerator, denominator))
        .withMessage(
            "frame rate " + numerator + "/" + denominator + ": both parts must be positive");
  }

  @ParameterizedTest
  @CsvSource({"10001, 1", "1, 3601", "2147483647, 1", "1, 2147483647"})
  void constructor_outOfRange_throws(int numerator, int denominator) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameRate.of(numerator, denominator))
        .withMessageContaining("must be from 1/3600 to 10000 frames per second");
  }

  @Test
  void toString_rate_matchesFfmpegsNotation() {
    assertThat(FrameRate.of(30)).hasToString("30");
    assertThat(FrameRate.of(29.97)).hasToString("30000/1001");
  }
}
