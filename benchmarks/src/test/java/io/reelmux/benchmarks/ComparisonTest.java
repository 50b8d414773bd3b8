package io.reelmux.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Medians, and ratios of runs of the same round. */
class ComparisonTest {

  /** In the second round the machine was busy. */
  private final Comparison comparison =
      new Comparison(
          new ResultFile(
              Map.of(),
              ResultFile.columns("ms\tdB"),
              List.of(
                  row("A", 1, "10\t30"),
                  row("B", 1, "20\t-"),
                  row("B", 2, "200\t-"),
                  row("A", 2, "100\t-"),
                  row("A", 3, "12\t-"),
                  row("B", 3, "36\t-"),
                  row("C", 2, "300\t-"))));

  private static List<String> row(String contender, int round, String measured) {
    return ResultFile.row(contender, round, 1.5, measured);
  }

  @Test
  void contendersAreInTheOrderInWhichTheyRan() {
    assertThat(comparison.contenders()).containsExactly("A", "B", "C");
  }

  @Test
  void ratioIsTheMedianOfTheRatiosPerRound() {
    // 2, 2 and 3; the ratio of the medians is 3
    assertThat(comparison.ratio("B", "A", "ms")).isEqualTo(2);
    assertThat(comparison.ratio("A", "B", "ms")).isEqualTo(0.5);
  }

  @Test
  void ratioIsOfTheSameRoundEvenIfOneRanLessOften() {
    assertThat(comparison.ratio("C", "A", "ms")).isEqualTo(3);
  }

  @Test
  void figureOfOneRoundOnlyIsItsMedian() {
    assertThat(comparison.median("A", "dB")).isEqualTo(30);
  }

  @Test
  void whatWasNotMeasuredIsNotANumber() {
    assertThat(comparison.median("B", "dB")).isNaN();
    assertThat(comparison.ratio("A", "missing", "ms")).isNaN();
  }

  @Test
  void unknownColumnIsRefused() {
    assertThatThrownBy(() -> comparison.median("A", "seconds"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column 'seconds'");
  }

  @Test
  void roundsRunEveryContenderOnceInAnOrderThatChanges() throws Exception {
    List<String> ran = new ArrayList<>();
    List<List<String>> rows =
        Rounds.measure(
            List.of("a", "b", "c", "d"),
            name -> name,
            2,
            (name, round) -> {
              ran.add(name + round);
              return "1";
            });

    assertThat(ran.subList(0, 4)).containsExactly("a1", "b1", "c1", "d1");
    assertThat(ran.subList(4, 8)).containsExactlyInAnyOrder("a2", "b2", "c2", "d2");
    assertThat(ran.get(4)).isNotEqualTo("a2");
    assertThat(rows).hasSize(8).allSatisfy(row -> assertThat(row).hasSize(4));
  }
}
