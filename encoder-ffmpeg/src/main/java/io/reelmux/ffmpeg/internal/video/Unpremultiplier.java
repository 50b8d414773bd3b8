package io.reelmux.ffmpeg.internal.video;

import java.nio.ByteBuffer;

/** Undoes the multiplication of colors by alpha, in place, in pixels of B, G, R, A bytes. */
final class Unpremultiplier implements RowPass {
  private static final int OPAQUE = 0xFF;

  @Override
  public void apply(ByteBuffer pixels, int stride, int width, int row, int rows) {
    for (int y = 0; y < rows; y++) {
      int end = y * stride + 4 * width;
      for (int pixel = y * stride; pixel < end; pixel += 4) {
        int alpha = pixels.get(pixel + 3) & OPAQUE;
        if (alpha != OPAQUE) {
          divide(pixels, pixel, alpha);
        }
      }
    }
  }

  private static void divide(ByteBuffer pixels, int pixel, int alpha) {
    for (int index = pixel; index < pixel + 3; index++) {
      int value = pixels.get(index) & OPAQUE;
      int straight = alpha == 0 ? 0 : Math.min(OPAQUE, (value * OPAQUE + alpha / 2) / alpha);
      pixels.put(index, (byte) straight);
    }
  }
}
