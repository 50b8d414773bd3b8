package io.reelmux.benchmarks;

import java.util.List;

/** Statistics of repeated measurements. */
final class Statistics {
  private Statistics() {}

  /** Returns the median, which a single disturbed round does not move; NaN without values. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Returns the slope of the least-squares line through the points. */
  static double slope(List<Double> xs, List<Double> ys) {
    double meanX = xs.stream().mapToDouble(x -> x).average().orElse(0);
    double meanY = ys.stream().mapToDouble(y -> y).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < xs.size(); i++) {
      products += (xs.get(i) - meanX) * (ys.get(i) - meanY);
      squares += (xs.get(i) - meanX) * (xs.get(i) - meanX);
    }
    return products / squares;
  }
}
