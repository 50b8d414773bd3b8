package io.reelmux.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The medians of contenders that ran in rounds. A ratio is the median of the ratios per round, so
 * that it compares runs that took place close together. What was not measured is NaN.
 */
final class Comparison {

  /** What a result file has for a figure that does not exist. */
  static final String NONE = "-";

  private static final int CONTENDER = 0;
  private static final int ROUND = 1;

  private final ResultFile result;

  Comparison(ResultFile result) {
    this.result = result;
  }

  /** Returns the names of those that ran, in the order of the first round. */
  List<String> contenders() {
    return result.rows().stream().map(row -> row.get(CONTENDER)).distinct().toList();
  }

  /** Returns whether a contender ran. */
  boolean has(String contender) {
    return contenders().contains(contender);
  }

  double median(String contender, String column) {
    return Statistics.median(List.copyOf(figures(contender, column).values()));
  }

  /** Returns the contender's figure for a base of 1. */
  double ratio(String contender, String base, String column) {
    Map<String, Double> bases = figures(base, column);
    return Statistics.median(
        figures(contender, column).entrySet().stream()
            .filter(figure -> bases.containsKey(figure.getKey()))
            .map(figure -> figure.getValue() / Objects.requireNonNull(bases.get(figure.getKey())))
            .toList());
  }

  /** Returns what a contender measured, by round. */
  private Map<String, Double> figures(String contender, String column) {
    int index = result.columns().indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("no column '" + column + "' in " + result.columns());
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    for (List<String> row : result.rows()) {
      if (row.get(CONTENDER).equals(contender) && !row.get(index).equals(NONE)) {
        figures.put(row.get(ROUND), Double.parseDouble(row.get(index)));
      }
    }
    return figures;
  }
}
