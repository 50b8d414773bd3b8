package io.reelmux.benchmarks;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Moving, noisy frames, the same in every run. The motion repeats after {@link Job#RING} frames, so
 * that a ring of them can be encoded in a loop.
 */
final class TestFrames {
  private static final int PIXELS_PER_FRAME = 8;
  private static final int PERIOD = Job.RING * PIXELS_PER_FRAME;
  private static final int NOISE = 12;

  private final int width;
  private final int height;
  private final byte[] packed;
  private final byte[] texture = new byte[PERIOD * PERIOD * 3];

  TestFrames(Job job) {
    this.width = job.width();
    this.height = job.height();
    this.packed = new byte[width * height * 3];
    for (int y = 0; y < PERIOD; y++) {
      for (int x = 0; x < PERIOD; x++) {
        for (int c = 0; c < 3; c++) {
          texture[(y * PERIOD + x) * 3 + c] = texel(x, y, c);
        }
      }
    }
  }

  /** Returns smooth waves, different for each color, over a grid of hard edges. */
  private static byte texel(int x, int y, int component) {
    double turn = 2 * Math.PI / PERIOD;
    double wave = Math.sin((2 + component) * turn * x) * Math.cos((3 - component) * turn * y);
    int edge = ((x >> 5) + (y >> 5)) % 2 == 0 ? 20 : -20;
    return (byte) Math.round(128 + 80 * wave + edge);
  }

  /** Writes a frame as R, G, B bytes. */
  void packed(int index, ByteBuffer target) {
    target.put(0, draw(index));
  }

  /** Writes a frame as R, G, B, A bytes, opaque. */
  void rgba(int index, ByteBuffer target) {
    byte[] rgb = draw(index);
    for (int i = 0; i < width * height; i++) {
      target.putInt(4 * i, color(rgb, i) << 8 | 0xFF);
    }
  }

  /** Returns a frame as an image of {@link BufferedImage#TYPE_INT_RGB}. */
  BufferedImage image(int index) {
    byte[] rgb = draw(index);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, color(rgb, y * width + x));
      }
    }
    return image;
  }

  private static int color(byte[] rgb, int pixel) {
    return value(rgb, pixel, 0) << 16 | value(rgb, pixel, 1) << 8 | value(rgb, pixel, 2);
  }

  /** Writes a frame as one plane each of R, G and B. */
  void planar(int index, ByteBuffer target) {
    byte[] rgb = draw(index);
    int pixels = width * height;
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        target.put(c * pixels + i, rgb[3 * i + c]);
      }
    }
  }

  /** Writes a frame as planes Y, U, V in BT.709 limited range, 4:2:0. */
  void i420(int index, ByteBuffer target) {
    byte[] rgb = draw(index);
    int pixels = width * height;
    for (int i = 0; i < pixels; i++) {
      double luma =
          0.1826 * value(rgb, i, 0) + 0.6142 * value(rgb, i, 1) + 0.0620 * value(rgb, i, 2);
      target.put(i, (byte) Math.round(16 + luma));
    }
    int chroma = pixels;
    for (int y = 0; y < height; y += 2) {
      for (int x = 0; x < width; x += 2) {
        double red = box(rgb, x, y, 0);
        double green = box(rgb, x, y, 1);
        double blue = box(rgb, x, y, 2);
        target.put(chroma, (byte) Math.round(128 - 0.1006 * red - 0.3386 * green + 0.4392 * blue));
        target.put(
            chroma + pixels / 4,
            (byte) Math.round(128 + 0.4392 * red - 0.3989 * green - 0.0403 * blue));
        chroma++;
      }
    }
  }

  private double box(byte[] rgb, int x, int y, int component) {
    int first = y * width + x;
    int below = first + width;
    int sum =
        value(rgb, first, component)
            + value(rgb, first + 1, component)
            + value(rgb, below, component)
            + value(rgb, below + 1, component);
    return sum / 4.0;
  }

  private static int value(byte[] rgb, int pixel, int component) {
    return rgb[3 * pixel + component] & 0xFF;
  }

  private byte[] draw(int index) {
    int shift = index * PIXELS_PER_FRAME;
    SplittableRandom random = new SplittableRandom(index);
    int at = 0;
    for (int y = 0; y < height; y++) {
      int row = (y + shift / 2) % PERIOD * PERIOD;
      for (int x = 0; x < width; x++) {
        int texel = (row + (x + shift) % PERIOD) * 3;
        int noise = random.nextInt();
        for (int c = 0; c < 3; c++) {
          int offset = (((noise >>> (10 * c)) & 0x3FF) * NOISE) >> 10;
          int value = (texture[texel + c] & 0xFF) + offset - NOISE / 2;
          packed[at++] = (byte) Math.max(0, Math.min(255, value));
        }
      }
    }
    return packed;
  }
}
