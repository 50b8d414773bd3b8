package io.reelmux.testing.media;

/** The formulas of ITU-T H.273, in double precision. */
public final class Colors {

  private Colors() {}

  /** Returns Kr and Kb of a matrix by FFmpeg's name; readers assume BT.601 for unknown ones. */
  private static double[] weights(String matrix) {
    return switch (matrix) {
      case "bt709" -> new double[] {0.2126, 0.0722};
      case "bt2020nc" -> new double[] {0.2627, 0.0593};
      case "smpte170m", "bt470bg", "unknown" -> new double[] {0.299, 0.114};
      default -> throw new IllegalArgumentException("matrix " + matrix);
    };
  }

  /**
   * Returns Y, Cb, Cr as unrounded code values.
   *
   * @param r 0 to 1, as are g and b
   */
  public static double[] toYuv(
      String matrix, boolean full, int bits, double r, double g, double b) {
    double[] k = weights(matrix);
    double y = k[0] * r + (1 - k[0] - k[1]) * g + k[1] * b;
    double cb = (b - y) / (2 * (1 - k[1]));
    double cr = (r - y) / (2 * (1 - k[0]));
    double unit = 1 << (bits - 8);
    double neutral = 128 * unit;
    double white = (1 << bits) - 1;
    return full
        ? new double[] {white * y, neutral + white * cb, neutral + white * cr}
        : new double[] {
          (16 + 219 * y) * unit, neutral + 224 * unit * cb, neutral + 224 * unit * cr
        };
  }

  /** Returns R, G, B from 0 to 255, not clipped. */
  public static double[] toRgb(
      String matrix, boolean full, int bits, double y, double u, double v) {
    double[] k = weights(matrix);
    double unit = 1 << (bits - 8);
    double white = (1 << bits) - 1;
    double luma = full ? y / white : (y / unit - 16) / 219;
    double cb = full ? (u - 128 * unit) / white : (u / unit - 128) / 224;
    double cr = full ? (v - 128 * unit) / white : (v / unit - 128) / 224;
    double r = luma + 2 * (1 - k[0]) * cr;
    double b = luma + 2 * (1 - k[1]) * cb;
    double g = (luma - k[0] * r - k[1] * b) / (1 - k[0] - k[1]);
    return new double[] {255 * r, 255 * g, 255 * b};
  }
}
