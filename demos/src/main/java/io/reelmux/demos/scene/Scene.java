package io.reelmux.demos.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** An animation: a ball with a tail, the waveform of its tone, and a clock. */
public final class Scene {
  private static final int TAIL = 40;
  private static final double TAIL_SECONDS = 0.8;
  private static final double WAVE_SECONDS = 0.02;

  private final BufferedImage image;

  public Scene(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }

  /**
   * Draws the frame of a time.
   *
   * @return the same image each time
   */
  public BufferedImage draw(double seconds) {
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      sky(g, seconds);
      wave(g, seconds);
      tail(g, seconds);
      ball(g, seconds);
      clock(g, seconds);
    } finally {
      g.dispose();
    }
    return image;
  }

  private void sky(Graphics2D g, double seconds) {
    float hue = (float) (0.6 + 0.02 * seconds);
    Color top = Color.getHSBColor(hue, 0.8f, 0.15f);
    Color bottom = Color.getHSBColor(hue + 0.1f, 0.7f, 0.45f);
    g.setPaint(new GradientPaint(0, 0, top, 0, image.getHeight(), bottom));
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
  }

  private void wave(Graphics2D g, double seconds) {
    double middle = image.getHeight() * 0.85;
    double size = image.getHeight() * 0.07;
    double turns = Tone.hertz(seconds) * WAVE_SECONDS;
    Path2D line = new Path2D.Double();
    line.moveTo(0, middle);
    for (int x = 1; x < image.getWidth(); x++) {
      line.lineTo(x, middle - size * Math.sin(2 * Math.PI * turns * x / image.getWidth()));
    }
    g.setStroke(new BasicStroke(3));
    g.setPaint(new Color(120, 255, 200, 160));
    g.draw(line);
  }

  private void tail(Graphics2D g, double seconds) {
    for (int i = TAIL; i > 0; i--) {
      double age = (double) i / TAIL;
      g.setPaint(new Color(255, 200, 80, (int) (60 * (1 - age))));
      g.fill(circle(seconds - age * TAIL_SECONDS, radius() * (1 - 0.8 * age)));
    }
  }

  private void ball(Graphics2D g, double seconds) {
    Ellipse2D circle = circle(seconds, radius());
    float[] stops = {0, 0.4f, 1};
    Color[] colors = {Color.WHITE, new Color(255, 220, 100), new Color(230, 90, 40)};
    g.setPaint(
        new RadialGradientPaint(
            (float) (circle.getCenterX() - radius() * 0.3),
            (float) (circle.getCenterY() - radius() * 0.3),
            (float) (radius() * 1.5),
            stops,
            colors));
    g.fill(circle);
  }

  private Ellipse2D circle(double seconds, double radius) {
    double x = image.getWidth() * (0.5 + 0.4 * Orbit.x(seconds));
    double y = image.getHeight() * (0.42 - 0.28 * Orbit.y(seconds));
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private double radius() {
    return image.getHeight() * 0.07;
  }

  private void clock(Graphics2D g, double seconds) {
    g.setPaint(new Color(255, 255, 255, 200));
    double height = image.getHeight() * 0.08;
    SegmentDisplay.draw(
        g, String.format(Locale.ROOT, "%05.2f", seconds), height / 2, height / 2, height);
  }
}
