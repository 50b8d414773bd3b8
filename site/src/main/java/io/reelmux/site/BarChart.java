package io.reelmux.site;

import java.util.List;
import java.util.Locale;

/** A chart of horizontal bars, as SVG that has the colors of the page around it. */
final class BarChart {
  private static final int ROW = 26;

  private final String title;
  private final List<String> series;
  private final List<Bar> bars;
  private final boolean logarithmic;

  /** A row: its label, and a value for each series, which follow each other. */
  record Bar(String label, List<Double> values) {}

  /**
   * Prepares a chart.
   *
   * @param series the names of the values of each bar
   * @param logarithmic whether bars show the logarithm of their value
   */
  BarChart(String title, List<String> series, List<Bar> bars, boolean logarithmic) {
    this.title = title;
    this.series = series;
    this.bars = bars;
    this.logarithmic = logarithmic;
  }

  /** The chart as text. */
  String toSvg() {
    int labels = 16 + 8 * bars.stream().mapToInt(bar -> bar.label().length()).max().orElse(0);
    double max = bars.stream().mapToDouble(bar -> length(sum(bar.values()))).max().orElse(1);
    double scale = (Svg.WIDTH - labels - 80) / max;
    Svg svg = new Svg(title, 40 + ROW * bars.size() + (series.size() > 1 ? 30 : 6));
    for (int n = 0; n < bars.size(); n++) {
      int y = 40 + ROW * n;
      svg.text(labels - 8, y + 15, "end", bars.get(n).label());
      double x = labels;
      double before = 0;
      for (int i = 0; i < series.size(); i++) {
        double value = bars.get(n).values().get(i);
        double width = scale * (length(before + value) - length(before));
        svg.rectangle(x, y + 3, width, ROW - 9, i);
        x += width;
        before += value;
      }
      svg.text(x + 6, y + 15, "start", format(before));
    }
    if (series.size() > 1) {
      svg.legend(series, labels, 40 + ROW * bars.size() + 8);
    }
    return svg.toString();
  }

  private double length(double value) {
    return logarithmic ? Math.log10(1 + value) : value;
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String format(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
