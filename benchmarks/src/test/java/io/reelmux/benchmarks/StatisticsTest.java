package io.reelmux.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic of repeated measurements. */
class StatisticsTest {

  @Test
  void medianIsTheMiddleValue() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
  }

  @Test
  void medianOfAnEvenNumberIsHalfwayBetweenTheMiddleTwo() {
    assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
  }

  @Test
  void medianOfNothingIsNotANumber() {
    assertThat(Statistics.median(List.of())).isNaN();
  }

  @Test
  void slopeIsThatOfTheLine() {
    assertThat(Statistics.slope(List.of(0.0, 10.0, 20.0), List.of(5.0, 35.0, 65.0)))
        .isCloseTo(3, within(1e-9));
  }
}
