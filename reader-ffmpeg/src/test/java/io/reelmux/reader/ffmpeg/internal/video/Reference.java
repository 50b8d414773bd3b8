package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/** What a frame shows, computed from the standards in double. */
final class Reference {
  private final Pixels pixels;
  private final ColorSpec color;
  private final double chromaX;
  private final double chromaY;
  private final AVPixFmtDescriptor descriptor;

  /**
   * A reference with chroma as in MPEG-2 and H.264: at the left, between two rows.
   *
   * @param color what the codes of the frame mean
   */
  Reference(Pixels pixels, ColorSpec color) {
    this(pixels, color, 0, 0.5);
  }

  /**
   * A reference.
   *
   * @param chromaX where chroma is between two columns, in columns
   * @param chromaY where chroma is between two rows, in rows
   */
  Reference(Pixels pixels, ColorSpec color, double chromaX, double chromaY) {
    this.pixels = pixels;
    this.color = color;
    this.chromaX = chromaX;
    this.chromaY = chromaY;
    this.descriptor = PixelFormat.descriptor(pixels.format());
  }

  /** Returns R, G, B and alpha, 0 to 1. */
  double[] rgba(int x, int y) {
    double[] rgba = {0, 0, 0, 1};
    int components = pixels.components();
    if (PixelFormat.hasAlpha(pixels.format())) {
      int last = components - 1;
      rgba[3] = full(last, x, y);
    }
    if (components <= 2) {
      double level = clip(luma(x, y));
      return new double[] {level, level, level, rgba[3]};
    }
    if (!PixelFormat.isYuv(pixels.format())) {
      for (int component = 0; component < 3; component++) {
        rgba[component] = full(component, x, y);
      }
      return rgba;
    }
    double luma = luma(x, y);
    double cb = chroma(1, x, y);
    double cr = chroma(2, x, y);
    double kr = color.matrix().kr();
    double kb = color.matrix().kb();
    rgba[0] = clip(luma + 2 * (1 - kr) * cr);
    rgba[2] = clip(luma + 2 * (1 - kb) * cb);
    rgba[1] =
        clip(
            luma - 2 * kb * (1 - kb) / (1 - kr - kb) * cb - 2 * kr * (1 - kr) / (1 - kr - kb) * cr);
    return rgba;
  }

  private double full(int component, int x, int y) {
    return pixels.get(component, x, y) / (Math.pow(2, pixels.depth(component)) - 1);
  }

  private boolean limited() {
    return color.range() == ColorSpec.Range.LIMITED;
  }

  /** Luma, 0 (black) to 1 (white) and beyond. */
  double luma(int x, int y) {
    double unit = Math.pow(2, pixels.depth(0) - 8);
    int code = pixels.get(0, x, y);
    return limited() ? (code / unit - 16) / 219 : full(0, x, y);
  }

  /** Chroma at a pixel, -0.5 to 0.5. */
  double chroma(int component, int x, int y) {
    double stepX = 1 << descriptor.log2_chroma_w();
    double stepY = 1 << descriptor.log2_chroma_h();
    double column = stepX == 1 ? x : (x - chromaX * (stepX - 1)) / stepX;
    double row = stepY == 1 ? y : (y - chromaY * (stepY - 1)) / stepY;
    int left = (int) Math.floor(column);
    int top = (int) Math.floor(row);
    double right = column - left;
    double below = row - top;
    return (1 - below)
            * ((1 - right) * sample(component, left, top)
                + right * sample(component, left + 1, top))
        + below
            * ((1 - right) * sample(component, left, top + 1)
                + right * sample(component, left + 1, top + 1));
  }

  private double sample(int component, int column, int row) {
    int x = Math.min(Math.max(column, 0), pixels.columns(component) - 1);
    int y = Math.min(Math.max(row, 0), pixels.rows(component) - 1);
    int depth = pixels.depth(component);
    double unit = Math.pow(2, depth - 8);
    int code = pixels.get(component, x, y);
    double middle = 128 * unit;
    return limited() ? (code - middle) / (224 * unit) : (code - middle) / (Math.pow(2, depth) - 1);
  }

  static double clip(double value) {
    return Math.min(Math.max(value, 0), 1);
  }
}
