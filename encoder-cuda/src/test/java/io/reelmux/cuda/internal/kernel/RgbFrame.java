package io.reelmux.cuda.internal.kernel;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import java.util.Random;

/**
 * An RGB frame in the layouts that a caller may use, and its conversion by the plain formula. Small
 * frames are all noise; large ones are fields of one color, with noise in the last rows and columns
 * and in the middle, so that lossless codecs are fast.
 */
public final class RgbFrame {
  private static final int LARGE_PIXELS = 500_000;
  private static final int NOISY_EDGE = 10;
  private static final int FIELD = 60;

  private final int width;
  private final int height;
  private final byte[] rgb;
  private final Random random;

  private RgbFrame(int width, int height, int number) {
    this.width = width;
    this.height = height;
    rgb = new byte[3 * width * height];
    random = new Random(number * 1000L + width);
    boolean large = width * height > LARGE_PIXELS;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean noisy = !large || isNoisy(x, y);
        for (int c = 0; c < 3; c++) {
          rgb[3 * (y * width + x) + c] = (byte) (noisy ? noise() : field(x, y, c, number));
        }
      }
    }
  }

  /** The n-th of a series of different frames. */
  public static RgbFrame numbered(int width, int height, int number) {
    return new RgbFrame(width, height, number);
  }

  private boolean isNoisy(int x, int y) {
    boolean edge = x >= width - NOISY_EDGE || y >= height - NOISY_EDGE;
    return edge || (x / FIELD == width / FIELD / 2 && y / FIELD == height / FIELD / 2);
  }

  private int noise() {
    int value = random.nextInt(320);
    return value < 256 ? value : value % 2 * 255;
  }

  private static int field(int x, int y, int component, int number) {
    return (x / FIELD * 37 + y / FIELD * 101 + component * 83 + number * 59) & 255;
  }

  /** The samples in RGB_PLANAR, RGB24 or RGBA; alpha is noise. */
  public byte[] bytes(PixelLayout layout) {
    int pixels = width * height;
    byte[] bytes = new byte[(int) layout.frameBytes(width, height)];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3; c++) {
        int at =
            switch (layout) {
              case RGB_PLANAR -> c * pixels + i;
              case RGB24 -> 3 * i + c;
              case RGBA -> 4 * i + c;
              default -> throw new IllegalArgumentException(layout.toString());
            };
        bytes[at] = rgb[3 * i + c];
      }
      if (layout == PixelLayout.RGBA) {
        bytes[4 * i + 3] = (byte) (i * 31);
      }
    }
    return bytes;
  }

  /** The frame as 8-bit NV12 without padding. */
  public byte[] nv12(ColorSpec color) {
    TestFrame frame = new TestFrame(PixelLayout.RGB24, width, height, new byte[][] {rgb});
    PlainFormula formula = new PlainFormula(frame, color, 8);
    byte[] bytes = new byte[(int) PixelLayout.NV12.frameBytes(width, height)];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        bytes[at++] = (byte) formula.luma(x, y);
      }
    }
    for (int y = 0; y < (height + 1) / 2; y++) {
      for (int x = 0; x < (width + 1) / 2; x++) {
        bytes[at++] = (byte) formula.chroma(1, x, y);
        bytes[at++] = (byte) formula.chroma(2, x, y);
      }
    }
    return bytes;
  }
}
