package io.reelmux.spark.scale;

import java.util.Locale;
import java.util.Map;

/** A plot with powers of two on both axes, as SVG. */
final class LogPlot {
  private static final int LEFT = 60;
  private static final int TOP = 20;
  private static final int SIDE = 400;
  private static final int LEGEND = 230;
  private static final String[] COLORS = {"#2e9e4f", "#4c72d9", "#d1495b", "#e08214"};

  private final StringBuilder svg = new StringBuilder();
  private final double max;

  private LogPlot(double max) {
    this.max = max;
  }

  /** Returns a plot of curves over the same values of x, with the line y = x. */
  static String svg(String xName, String yName, int[] xs, Map<String, double[]> curves) {
    LogPlot plot = new LogPlot(xs[xs.length - 1]);
    plot.begin();
    plot.axes(xName, yName, xs);
    plot.line("#888888", "4 4", new double[] {1, plot.max}, new double[] {1, plot.max});
    plot.legend(0, "#888888", "as many as slots");
    int n = 0;
    for (Map.Entry<String, double[]> curve : curves.entrySet()) {
      double[] x = new double[xs.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = xs[i];
      }
      plot.line(COLORS[n], "none", x, curve.getValue());
      plot.legend(++n, COLORS[n - 1], curve.getKey());
    }
    return plot.svg.append("</svg>\n").toString();
  }

  /** Begins without a background: a page may be light or dark, and text follows it. */
  private void begin() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"Speed-up by slots\" font-family=\"system-ui, sans-serif\""
            + " font-size=\"12\" fill=\"currentColor\">",
        LEFT + SIDE + LEGEND, TOP + SIDE + 50);
    add("<style>svg { color: #1f2328 }");
    add("@media (prefers-color-scheme: dark) { svg { color: #d1d7e0 } }</style>");
  }

  private void axes(String xName, String yName, int[] xs) {
    for (int value : xs) {
      double x = x(value);
      double y = y(value);
      add(
          "<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#888888\" stroke-opacity=\"0.3\""
              + " fill=\"none\"/>",
          x, TOP, TOP + SIDE, LEFT, y, LEFT + SIDE);
      add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", x, TOP + SIDE + 18, value);
      add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>", LEFT - 6, y + 4, value);
    }
    int middle = TOP + SIDE / 2;
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        LEFT + SIDE / 2, TOP + SIDE + 38, xName);
    add(
        "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
        middle, yName);
  }

  private void line(String color, String dashes, double[] xs, double[] ys) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(xs[i]), y(ys[i])));
    }
    add(
        "<polyline points=\"%s\" stroke=\"%s\" stroke-dasharray=\"%s\" stroke-width=\"2\""
            + " fill=\"none\"/>",
        points.toString().strip(), color, dashes);
  }

  private void legend(int row, String color, String name) {
    int x = LEFT + SIDE + 15;
    int y = TOP + 10 + 20 * row;
    add("<path d=\"M%d %d h20\" stroke=\"%s\" stroke-width=\"2\"/>", x, y, color);
    add("<text x=\"%d\" y=\"%d\">%s</text>", x + 26, y + 4, name);
  }

  private double x(double value) {
    return LEFT + SIDE * Math.log(value) / Math.log(max);
  }

  private double y(double value) {
    return TOP + SIDE - SIDE * Math.max(0, Math.log(value)) / Math.log(max);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
