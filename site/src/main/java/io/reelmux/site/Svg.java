package io.reelmux.site;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text of an SVG image: lines, rectangles and words, in the colors of the page around it. */
final class Svg {
  /** The width of all images; pages scale them. */
  static final int WIDTH = 760;

  // readable on white and on black
  private static final List<String> COLORS =
      List.of("#4c72d9", "#d9822b", "#3d9970", "#b05bb5", "#c0504d", "#7f8c8d");

  /** The colors where the image is alone, as in a Markdown page. */
  private static final String STYLE =
      """
      <style>svg { color: #1f2328 }
      @media (prefers-color-scheme: dark) { svg { color: #d1d7e0 } }</style>
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;
  private final int height;

  Svg(String title, int height) {
    this.title = title;
    this.height = height;
    text(8, 20, "start", title);
  }

  void text(double x, double y, String anchor, String text) {
    String place = attribute("x", x) + attribute("y", y) + attribute("text-anchor", anchor);
    append("<text" + place + ">" + escape(text) + "</text>");
  }

  void rectangle(double x, double y, double width, double height, int color) {
    append(
        "<rect"
            + attribute("x", x)
            + attribute("y", y)
            + attribute("width", Math.max(1, width))
            + attribute("height", height)
            + attribute("fill", color(color))
            + "/>");
  }

  void line(double x1, double y1, double x2, double y2) {
    String path = "M%s %sL%s %s".formatted(number(x1), number(y1), number(x2), number(y2));
    append(
        "<path"
            + attribute("d", path)
            + attribute("stroke", "currentColor")
            + attribute("stroke-opacity", "0.25")
            + "/>");
  }

  /** A line through points, each as x and y. */
  void polyline(List<double[]> points, int color) {
    String path =
        points.stream()
            .map(point -> number(point[0]) + "," + number(point[1]))
            .collect(Collectors.joining(" "));
    append(
        "<polyline"
            + attribute("points", path)
            + attribute("fill", "none")
            + attribute("stroke", color(color))
            + attribute("stroke-width", "2")
            + "/>");
  }

  void legend(List<String> series, double left, double y) {
    double x = left;
    for (int n = 0; n < series.size(); n++) {
      rectangle(x, y, 12, 12, n);
      text(x + 18, y + 10, "start", series.get(n));
      x += 42 + 8 * series.get(n).length();
    }
  }

  private void append(String element) {
    body.append(element).append('\n');
  }

  private static String attribute(String name, double value) {
    return attribute(name, number(value));
  }

  private static String attribute(String name, String value) {
    return " " + name + "=\"" + value + "\"";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String color(int index) {
    return COLORS.get(index % COLORS.size());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  @Override
  public String toString() {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\""
        + attribute("viewBox", "0 0 " + WIDTH + " " + height)
        + attribute("role", "img")
        + attribute("aria-label", escape(title))
        + attribute("font-family", "system-ui, sans-serif")
        + attribute("font-size", "13")
        + attribute("fill", "currentColor")
        + ">\n"
        + STYLE
        + body
        + "</svg>\n";
  }
}
