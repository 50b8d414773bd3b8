package io.reelmux;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * The pixels of images of more than eight bits per component, such as PNG files of 16 bits: sRGB or
 * gray, with or without alpha, scaled to 16 bits.
 */
final class DeepPixels implements PixelSource {
  private static final int MAX = 0xFFFF;

  private final BufferedImage image;
  private final PixelLayout layout;
  private final int bands;
  private final boolean gray;
  private final boolean alpha;
  private final boolean premultiplied;

  private DeepPixels(BufferedImage image) {
    ColorModel model = image.getColorModel();
    this.image = image;
    this.bands = model.getNumComponents();
    this.gray = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    this.alpha = model.hasAlpha();
    this.premultiplied = model.isAlphaPremultiplied();
    if (alpha) {
      this.layout = PixelLayout.RGBA64;
    } else {
      this.layout = gray ? PixelLayout.GRAY16 : PixelLayout.RGB48;
    }
  }

  /** Returns whether an image is read by this class. */
  static boolean handles(BufferedImage image) {
    return image.getColorModel() instanceof ComponentColorModel model
        && model.getTransferType() == DataBuffer.TYPE_USHORT
        && (model.getColorSpace().isCS_sRGB()
            || model.getColorSpace().getType() == ColorSpace.TYPE_GRAY);
  }

  /** Returns a frame over the image. */
  static VideoFrame frame(BufferedImage image) {
    DeepPixels pixels = new DeepPixels(image);
    return new VideoFrame(pixels.layout, image.getWidth(), image.getHeight(), pixels);
  }

  @Override
  public void copyRows(
      int plane,
      int row,
      int rows,
      int skip,
      int rowBytes,
      ByteBuffer target,
      int position,
      int stride) {
    int pixelBytes = layout.rowBytes(0, 1);
    int left = skip / pixelBytes;
    int width = rowBytes / pixelBytes;
    int[] line = new int[width * bands];
    for (int y = 0; y < rows; y++) {
      image.getRaster().getPixels(left, row + y, width, 1, line);
      widen(line);
      write(
          line,
          target
              .slice(position + y * stride, rowBytes)
              .order(ByteOrder.nativeOrder())
              .asShortBuffer());
    }
  }

  /** Scales every component to 16 bits, and undoes the multiplication by alpha. */
  private void widen(int[] line) {
    for (int i = 0; i < line.length; i++) {
      int max = (1 << image.getColorModel().getComponentSize(i % bands)) - 1;
      if (max < MAX) {
        line[i] = (line[i] * MAX + max / 2) / max;
      }
    }
    if (!alpha || !premultiplied) {
      return;
    }
    for (int pixel = 0; pixel < line.length; pixel += bands) {
      long opacity = line[pixel + bands - 1];
      for (int i = pixel; i < pixel + bands - 1; i++) {
        line[i] =
            opacity == 0 ? 0 : (int) Math.min(MAX, ((long) line[i] * MAX + opacity / 2) / opacity);
      }
    }
  }

  private void write(int[] line, ShortBuffer target) {
    for (int pixel = 0; pixel < line.length; pixel += bands) {
      target.put((short) line[pixel]);
      if (layout != PixelLayout.GRAY16) {
        target.put((short) line[gray ? pixel : pixel + 1]);
        target.put((short) line[gray ? pixel : pixel + 2]);
      }
      if (alpha) {
        target.put((short) line[pixel + bands - 1]);
      }
    }
  }

  @Override
  public ByteOrder order() {
    return ByteOrder.nativeOrder();
  }
}
