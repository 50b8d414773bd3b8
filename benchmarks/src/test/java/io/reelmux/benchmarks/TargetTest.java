package io.reelmux.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a figure reaches its target. */
class TargetTest {

  @ParameterizedTest
  @CsvSource({
    "1.17, goal met",
    "1.18, met",
    "1.30, met",
    "1.31, missed",
    "NaN, not measured",
  })
  void atMost(double measured, String result) {
    assertThat(Target.atMost("work", measured, 1.30, 1.17).result()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({"1.45, goal met", "1.44, met", "1.28, met", "1.27, missed"})
  void atLeast(double measured, String result) {
    assertThat(Target.atLeast("work", measured, 1.28, 1.45).result()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({"0.5, met", "1.0, met", "1.1, missed"})
  void withoutGoal(double measured, String result) {
    assertThat(Target.atMost("work", measured, 1.0).result()).isEqualTo(result);
  }
}
