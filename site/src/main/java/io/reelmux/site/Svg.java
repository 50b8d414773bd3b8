package io.reelmux.site;

import java.util.List;
import java.util.Locale;

/** Text of an SVG image: lines, rectangles and words, in the colors of the page around it. */
final class Svg {
  /** The width of all images; pages scale them. */
  static final int WIDTH = 760;

  // readable on white and on black
  private static final List<String> COLORS =
      List.of("#4c72d9", "#d9822b", "#3d9970", "#b05bb5", "#c0504d", "#7f8c8d");

  private final StringBuilder body = new StringBuilder();
  private final String title;
  private final int height;

  Svg(String title, int height) {
    this.title = title;
    this.height = height;
    text(8, 20, "start", title);
  }

  void text(double x, double y, String anchor, String text) {
    append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escape(text));
  }

  void rectangle(double x, double y, double width, double height, int color) {
    append(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
        x, y, Math.max(1, width), height, COLORS.get(color % COLORS.size()));
  }

  void line(double x1, double y1, double x2, double y2) {
    append(
        "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"currentColor\" stroke-opacity=\"0.25\"/>",
        x1, y1, x2, y2);
  }

  /** A line through points, each as x and y. */
  void polyline(List<double[]> points, int color) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(String.format(Locale.ROOT, "%.1f,%.1f ", point[0], point[1]));
    }
    append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        path.toString().strip(), COLORS.get(color % COLORS.size()));
  }

  void legend(List<String> series, double left, double y) {
    double x = left;
    for (int n = 0; n < series.size(); n++) {
      rectangle(x, y, 12, 12, n);
      text(x + 18, y + 10, "start", series.get(n));
      x += 42 + 7 * series.get(n).length();
    }
  }

  private void append(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  @Override
  public String toString() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s" \
    font-family="system-ui, sans-serif" font-size="13" fill="currentColor">
    <style>svg { color: #1f2328 } @media (prefers-color-scheme: dark) { svg { color: #d1d7e0 } }</style>
    %s</svg>
    """
        .formatted(WIDTH, height, escape(title), body);
  }
}
