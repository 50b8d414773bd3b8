package io.reelmux.demos.scene;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/**
 * Numbers in seven segments. {@code Graphics2D.drawString} would need fonts, which a bare machine
 * with a JDK may lack.
 */
public final class SegmentDisplay {

  /** Segments of each digit, bit 0 first: top, then clockwise, the middle last. */
  private static final int[] DIGITS = {0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F};

  /** x1, y1, x2, y2 of each segment in a cell one wide and two high. */
  private static final int[][] SEGMENTS = {
    {0, 0, 1, 0}, {1, 0, 1, 1}, {1, 1, 1, 2}, {0, 2, 1, 2}, {0, 1, 0, 2}, {0, 0, 0, 1}, {0, 1, 1, 1}
  };

  private SegmentDisplay() {}

  /**
   * Draws a number with the graphics' paint.
   *
   * @param number digits and points
   * @param x left edge in pixels
   * @param y upper edge in pixels
   * @param height of the digits in pixels
   */
  public static void draw(Graphics2D g, String number, double x, double y, double height) {
    double unit = height / 2;
    g.setStroke(new BasicStroke((float) (unit / 5), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    double left = x;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '.') {
        g.draw(new Line2D.Double(left, y + height, left, y + height));
        left += unit * 0.6;
      } else {
        digit(g, DIGITS[c - '0'], left, y, unit);
        left += unit * 1.6;
      }
    }
  }

  private static void digit(Graphics2D g, int segments, double x, double y, double unit) {
    for (int i = 0; i < SEGMENTS.length; i++) {
      if ((segments & 1 << i) != 0) {
        int[] s = SEGMENTS[i];
        g.draw(
            new Line2D.Double(x + s[0] * unit, y + s[1] * unit, x + s[2] * unit, y + s[3] * unit));
      }
    }
  }
}
