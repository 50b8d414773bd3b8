package io.reelmux.cuda.internal.kernel;

import io.reelmux.ColorSpec;
import io.reelmux.ColorSpec.Range;

/**
 * The conversion of src/main/cuda/README.md, written in the obvious way, one sample at a time. It
 * shares no code with the kernels or their callers.
 */
final class PlainFormula {
  private static final int[] ACROSS = {1, 2, 1};
  private static final int[] DOWN = {1, 3, 3, 1};

  private final TestFrame frame;
  private final int bits;
  private final long white;
  private final int shift;
  private final long[][] matrix;
  private final long luma0;
  private final long chroma0;
  private final long[][] samples;

  PlainFormula(TestFrame frame, ColorSpec color, int bits) {
    this.frame = frame;
    this.bits = bits;
    boolean floats =
        switch (frame.layout) {
          case RGB_PLANAR_F32, RGB_PLANAR_F16 -> true;
          default -> false;
        };
    white = floats ? 65536 : 255;
    shift = floats ? 36 : bits == 8 ? 22 : 20;
    matrix = matrix(color);
    luma0 = color.range() == Range.LIMITED ? (bits == 8 ? 16 : 64) : 0;
    chroma0 = bits == 8 ? 128 : 512;
    samples = new long[3][frame.width * frame.height];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < frame.height; y++) {
        for (int x = 0; x < frame.width; x++) {
          samples[c][y * frame.width + x] = sample(c, x, y);
        }
      }
    }
  }

  /** Rows Y, U, V; columns R, G, B; in units of 2^-shift. */
  private long[][] matrix(ColorSpec color) {
    double kr = 0;
    double kb = 0;
    switch (color.matrix()) {
      case BT601 -> {
        kr = 0.299;
        kb = 0.114;
      }
      case BT709 -> {
        kr = 0.2126;
        kb = 0.0722;
      }
      case BT2020 -> {
        kr = 0.2627;
        kb = 0.0593;
      }
    }
    boolean limited = color.range() == Range.LIMITED;
    double codes = bits == 8 ? 255 : 1023;
    double step = bits == 8 ? 1 : 4;
    double ys = (limited ? 219 * step : codes) * Math.pow(2, shift) / white;
    double cs = (limited ? 224 * step : codes) * Math.pow(2, shift) / white / 32;
    long yr = Math.round(kr * ys);
    long yb = Math.round(kb * ys);
    long ur = Math.round(-kr / (2 - 2 * kb) * cs);
    long ub = Math.round(cs / 2);
    long vr = Math.round(cs / 2);
    long vb = Math.round(-kb / (2 - 2 * kr) * cs);
    return new long[][] {
      {yr, Math.round(ys) - yr - yb, yb}, {ur, -ur - ub, ub}, {vr, -vr - vb, vb}
    };
  }

  /** A luma code. */
  int luma(int x, int y) {
    int i = y * frame.width + x;
    return code(0, luma0, samples[0][i], samples[1][i], samples[2][i]);
  }

  /**
   * A chroma code.
   *
   * @param component 1 for U, 2 for V
   * @param x chroma column
   * @param y chroma row
   */
  int chroma(int component, int x, int y) {
    long[] sum = new long[3];
    for (int j = 0; j < 4; j++) {
      int row = Math.max(0, Math.min(frame.height - 1, 2 * y - 1 + j));
      for (int i = 0; i < 3; i++) {
        int column = Math.max(0, Math.min(frame.width - 1, 2 * x - 1 + i));
        for (int c = 0; c < 3; c++) {
          sum[c] += DOWN[j] * ACROSS[i] * samples[c][row * frame.width + column];
        }
      }
    }
    return code(component, chroma0, sum[0], sum[1], sum[2]);
  }

  private int code(int row, long zero, long red, long green, long blue) {
    long[] k = matrix[row];
    long sum = (zero << shift) + k[0] * red + k[1] * green + k[2] * blue;
    long rounded = (sum + (1L << (shift - 1))) >> shift;
    return (int) Math.max(0, Math.min(bits == 8 ? 255 : 1023, rounded));
  }

  /** Red, green or blue, 0 to white. */
  private long sample(int component, int x, int y) {
    return switch (frame.layout) {
      case RGB_PLANAR -> frame.at(component, y, x);
      case RGB24 -> frame.at(0, y, 3 * x + component);
      case BGR24 -> frame.at(0, y, 3 * x + 2 - component);
      case RGBA -> frame.at(0, y, 4 * x + component);
      case BGRA -> frame.at(0, y, 4 * x + 2 - component);
      case GRAY8 -> frame.at(0, y, x);
      case RGB_PLANAR_F32 -> steps(Float.intBitsToFloat(word(component, y, 4 * x, 4)));
      case RGB_PLANAR_F16 -> steps(half(word(component, y, 2 * x, 2)));
      default -> throw new IllegalArgumentException(frame.layout.toString());
    };
  }

  private int word(int plane, int y, int x, int bytes) {
    int word = 0;
    for (int i = 0; i < bytes; i++) {
      word |= frame.at(plane, y, x + i) << (8 * i);
    }
    return word;
  }

  private static long steps(double value) {
    if (Double.isNaN(value) || value <= 0) {
      return 0;
    }
    return (long) Math.rint(Math.min(value, 1) * 65536);
  }

  /** IEEE 754 binary16. */
  static double half(int bits) {
    int exponent = bits >> 10 & 31;
    int mantissa = bits & 1023;
    double size =
        exponent == 31
            ? (mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
            : exponent == 0
                ? mantissa * Math.pow(2, -24)
                : (1024 + mantissa) * Math.pow(2, exponent - 25);
    return bits >> 15 == 0 ? size : -size;
  }
}
