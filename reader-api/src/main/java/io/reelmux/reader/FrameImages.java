package io.reelmux.reader;

import io.reelmux.PixelLayout;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.nio.ByteBuffer;

/** Makes images of pixels. Separate, so that readers work without the module java.desktop. */
final class FrameImages {

  private FrameImages() {}

  static BufferedImage image(PixelLayout layout, int width, int height, ByteBuffer pixels) {
    if (layout.isYuv()) {
      throw new UnsupportedOperationException(
          "an image cannot be made of " + layout + ": read RGB24 or another RGB layout");
    }
    if (layout == PixelLayout.GRAY16) {
      return gray16(width, height, pixels);
    }
    int type =
        layout.isGray()
            ? BufferedImage.TYPE_BYTE_GRAY
            : layout.hasAlpha() ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(width, height, type);
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    fill(layout, width * height, pixels, bytes);
    return image;
  }

  private static BufferedImage gray16(int width, int height, ByteBuffer pixels) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    pixels.asShortBuffer().get(((DataBufferUShort) image.getRaster().getDataBuffer()).getData());
    return image;
  }

  private static void fill(PixelLayout layout, int count, ByteBuffer pixels, byte[] bytes) {
    String stored = stored(layout);
    String wanted = layout.isGray() ? "Y" : layout.hasAlpha() ? "ABGR" : "BGR";
    if (stored.equals(wanted) && layout.bytesPerComponent() == 1) {
      pixels.get(bytes);
      return;
    }
    int components = stored.length();
    boolean planar = layout.planeCount() > 1;
    for (int c = 0; c < components; c++) {
      int from = stored.indexOf(wanted.charAt(c));
      int first = planar ? from * count : from;
      int step = planar ? 1 : components;
      for (int i = 0; i < count; i++) {
        bytes[i * components + c] = (byte) component(layout, pixels, first + i * step);
      }
    }
  }

  /** The order of the components in memory. */
  private static String stored(PixelLayout layout) {
    return switch (layout) {
      case BGR24 -> "BGR";
      case BGRA, BGRA_PRE -> "BGRA";
      case ARGB -> "ARGB";
      case ABGR -> "ABGR";
      default -> layout.isGray() ? "Y" : layout.hasAlpha() ? "RGBA" : "RGB";
    };
  }

  /** Returns a component as 0 to 255. */
  private static int component(PixelLayout layout, ByteBuffer pixels, int index) {
    if (!layout.isFloat()) {
      return layout.bytesPerComponent() == 1
          ? pixels.get(index)
          : narrowed(pixels.getShort(index * Short.BYTES) & 0xFFFF);
    }
    float value =
        layout.bytesPerComponent() == Float.BYTES
            ? pixels.getFloat(index * Float.BYTES)
            : half(pixels.getShort(index * Short.BYTES));
    return Math.round(Math.max(0, Math.min(1, value)) * 255);
  }

  /** 65535 is 255; rounded. */
  private static int narrowed(int value) {
    return (value * 255 + 32_767) / 65_535;
  }

  /** Converts IEEE 754 binary16. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int mantissa = bits & 0x3FF;
    float sign = bits < 0 ? -1 : 1;
    if (exponent == 0x1F) {
      return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb((float) mantissa, -24)
        : sign * Math.scalb((float) (mantissa + 0x400), exponent - 25);
  }
}
