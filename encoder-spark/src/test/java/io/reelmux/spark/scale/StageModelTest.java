package io.reelmux.spark.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StageModelTest {
  private static final StageModel PERFECT = new StageModel(1, 0, 0, 1, 0, false);

  private static double[] tasks(int count, double seconds) {
    double[] tasks = new double[count];
    Arrays.fill(tasks, seconds);
    return tasks;
  }

  @Test
  void seconds_nothingGoesWrong_isTheWorkOfTheBusiestSlot() {
    assertThat(PERFECT.seconds(tasks(10, 2), 1)).isEqualTo(20);
    assertThat(PERFECT.withSlots(4).seconds(tasks(10, 2), 1)).isEqualTo(6);
    assertThat(PERFECT.withSlots(99).seconds(tasks(10, 2), 1)).isEqualTo(2);
    assertThat(PERFECT.withSlots(2).seconds(new double[] {1, 5, 1, 1}, 1)).isEqualTo(5);
  }

  @Test
  void seconds_dispatch_costsEachAttempt() {
    StageModel model = new StageModel(2, 0.5, 0, 1, 0, false);

    assertThat(model.seconds(tasks(10, 2), 1)).isCloseTo(5 * 2.5, within(1e-9));
  }

  @Test
  void seconds_slowAttempts_areOvertakenByTheirTwins() {
    StageModel slow = new StageModel(20, 0, 0.05, 20, 0, false);
    StageModel overtaken = new StageModel(20, 0, 0.05, 20, 0, true);
    double[] tasks = tasks(100, 1);

    double without = 0;
    double with = 0;
    for (int seed = 0; seed < 50; seed++) {
      without += slow.seconds(tasks, seed) / 50;
      with += overtaken.seconds(tasks, seed) / 50;
    }

    // one in twenty takes 20 seconds; with a twin that begins at 3 s, few take more than 5
    assertThat(without).isBetween(20.0, 26.0);
    assertThat(with).isBetween(6.0, 12.0);
  }

  @Test
  void seconds_failedAttempts_areRepeated() {
    StageModel failing = new StageModel(1, 0, 0, 1, 0.2, false);

    double mean = 0;
    for (int seed = 0; seed < 200; seed++) {
      mean += failing.seconds(tasks(50, 1), seed) / 200;
    }

    // each task is attempted 1 / 0.8 times; those that fail do so halfway, in the mean
    assertThat(mean).isCloseTo(50 * (1 + 0.25 * 0.5), within(1.0));
  }
}
