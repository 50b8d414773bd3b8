package io.reelmux.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of lines over two axes, as SVG that has the colors of the page around it. */
final class LineChart {
  private static final int HEIGHT = 340;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 70;

  private final String title;
  private final String across;
  private final List<Line> lines;
  private final boolean logarithmic;

  /** A line: its name, and its points as x and y. */
  record Line(String name, List<double[]> points) {}

  /**
   * Prepares a chart.
   *
   * @param across what the axis from left to right shows
   * @param logarithmic whether that axis is logarithmic
   */
  LineChart(String title, String across, List<Line> lines, boolean logarithmic) {
    this.title = title;
    this.across = across;
    this.lines = lines;
    this.logarithmic = logarithmic;
  }

  /** The chart as text. */
  String toSvg() {
    double[] x = range(0);
    double[] y = range(1);
    Svg svg = new Svg(title, HEIGHT);
    for (int n = 0; n <= 4; n++) {
      double value = y[0] + n * (y[1] - y[0]) / 4;
      double height = place(value, y, HEIGHT - BOTTOM, TOP);
      svg.line(LEFT, height, Svg.WIDTH - RIGHT, height);
      svg.text(LEFT - 8, height + 4, "end", format(value));
    }
    for (double value : ticks(x)) {
      double place = place(across(value), x, LEFT, Svg.WIDTH - RIGHT);
      svg.text(place, HEIGHT - BOTTOM + 20, "middle", format(value));
    }
    svg.text(Svg.WIDTH - RIGHT, HEIGHT - BOTTOM + 40, "end", across);
    for (int n = 0; n < lines.size(); n++) {
      List<double[]> points = new ArrayList<>();
      for (double[] point : lines.get(n).points()) {
        points.add(
            new double[] {
              place(across(point[0]), x, LEFT, Svg.WIDTH - RIGHT),
              place(point[1], y, HEIGHT - BOTTOM, TOP)
            });
      }
      svg.polyline(points, n);
    }
    if (lines.size() > 1) {
      svg.legend(lines.stream().map(Line::name).toList(), LEFT, HEIGHT - 18);
    }
    return svg.toString();
  }

  private double across(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  private double[] range(int axis) {
    double[] values =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(point -> axis == 0 ? across(point[0]) : point[1])
            .sorted()
            .toArray();
    double min = values[0];
    double max = values[values.length - 1];
    if (axis == 0) {
      return new double[] {min, max};
    }
    double step = Math.pow(10, Math.floor(Math.log10(Math.max(1, (max - min) / 4))));
    return new double[] {Math.floor(min / step) * step, Math.ceil(max / step) * step};
  }

  private double[] ticks(double[] range) {
    double[] ticks = new double[5];
    for (int n = 0; n < ticks.length; n++) {
      double value = range[0] + n * (range[1] - range[0]) / (ticks.length - 1);
      ticks[n] = logarithmic ? Math.pow(10, value) : value;
    }
    return ticks;
  }

  private static double place(double value, double[] range, double from, double to) {
    double part = range[1] > range[0] ? (value - range[0]) / (range[1] - range[0]) : 0.5;
    return from + part * (to - from);
  }

  private static String format(double value) {
    return Math.abs(value) < 10 && value != Math.rint(value)
        ? String.format(Locale.ROOT, "%.1f", value)
        : String.format(Locale.ROOT, "%,.0f", value);
  }
}
