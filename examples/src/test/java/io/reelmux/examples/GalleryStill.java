package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * The stills of {@code docs/gallery.md}: four frames of a program's result, which its test has
 * made. With {@code -Dreelmux.gallery=write} they are written, otherwise compared.
 */
final class GalleryStill {
  private static final Path FOLDER = Path.of("..", "docs", "images", "gallery");
  private static final int HEIGHT = 90;
  private static final int GAP = 4;

  /** Mean difference of a component; fonts differ between machines. */
  private static final double TOLERANCE = 6;

  private GalleryStill() {}

  /** Writes or compares a strip of four frames, with transparency on a checkerboard. */
  static void check(String program, RawVideo video) throws IOException {
    int[] frames = new int[4];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (2 * i + 1) * video.frames() / 8;
    }
    check(program, video, frames);
  }

  /** Writes or compares a strip of these frames. */
  static void check(String program, RawVideo video, int... frames) throws IOException {
    BufferedImage strip = strip(video, frames);
    Path file = FOLDER.resolve(program + ".png");
    if ("write".equals(System.getProperty("reelmux.gallery"))) {
      Files.createDirectories(FOLDER);
      ImageIO.write(strip, "png", file.toFile());
    }
    assertThat(file).exists();
    assertThat(Files.size(file)).isLessThan(64 * 1024);
    BufferedImage committed = ImageIO.read(file.toFile());
    assertThat(committed.getWidth()).isEqualTo(strip.getWidth());
    assertThat(difference(strip, committed)).as(program).isLessThan(TOLERANCE);
  }

  private static BufferedImage strip(RawVideo video, int... frames) {
    int width = Math.round((float) video.width() * HEIGHT / video.height());
    BufferedImage strip =
        new BufferedImage(frames.length * (width + GAP) - GAP, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = strip.createGraphics();
    // between frames that are white, black or transparent, on pages that are white or dark
    g.setColor(Color.GRAY);
    g.fillRect(0, 0, strip.getWidth(), HEIGHT);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    for (int i = 0; i < frames.length; i++) {
      if (video.components() == 4) {
        checkerboard(g, i * (width + GAP), width);
      }
      g.drawImage(image(video, frames[i]), i * (width + GAP), 0, width, HEIGHT, null);
    }
    g.dispose();
    return strip;
  }

  private static void checkerboard(Graphics2D g, int left, int width) {
    for (int y = 0; y < HEIGHT; y += 6) {
      for (int x = 0; x < width; x += 6) {
        g.setColor((x + y) % 12 == 0 ? Color.WHITE : Color.LIGHT_GRAY);
        g.fillRect(left + x, y, Math.min(6, width - x), 6);
      }
    }
  }

  private static BufferedImage image(RawVideo video, int frame) {
    BufferedImage image =
        new BufferedImage(video.width(), video.height(), BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < video.height(); y++) {
      for (int x = 0; x < video.width(); x++) {
        int[] p = video.pixel(frame, x, y);
        image.setRGB(x, y, (p.length == 4 ? p[3] : 255) << 24 | p[0] << 16 | p[1] << 8 | p[2]);
      }
    }
    // downscaled by halves, since bilinear interpolation reads four pixels only
    while (image.getHeight() >= 2 * HEIGHT) {
      BufferedImage half =
          new BufferedImage(image.getWidth() / 2, image.getHeight() / 2, image.getType());
      Graphics2D g = half.createGraphics();
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      g.drawImage(image, 0, 0, half.getWidth(), half.getHeight(), null);
      g.dispose();
      image = half;
    }
    return image;
  }

  private static double difference(BufferedImage a, BufferedImage b) {
    long sum = 0;
    for (int y = 0; y < a.getHeight(); y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((a.getRGB(x, y) >> shift & 0xFF) - (b.getRGB(x, y) >> shift & 0xFF));
        }
      }
    }
    return sum / (3.0 * a.getWidth() * a.getHeight());
  }
}
