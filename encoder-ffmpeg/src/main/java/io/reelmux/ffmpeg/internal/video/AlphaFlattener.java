package io.reelmux.ffmpeg.internal.video;

import io.reelmux.PixelLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Composes frames with straight alpha over one color, in place; the alpha becomes opaque. */
final class AlphaFlattener implements RowPass {
  private final int[] offsets;
  private final int alphaOffset;
  private final boolean wide;
  private final ByteOrder order;
  private final int[] background;

  /**
   * Creates a flattener.
   *
   * @param layout a layout with alpha
   * @param order byte order of 16-bit components
   * @param rgb 0xRRGGBB
   */
  AlphaFlattener(PixelLayout layout, ByteOrder order, int rgb) {
    this.offsets =
        switch (layout) {
          case RGBA, RGBA64 -> new int[] {0, 1, 2};
          case BGRA, BGRA_PRE -> new int[] {2, 1, 0};
          case ARGB -> new int[] {1, 2, 3};
          case ABGR -> new int[] {3, 2, 1};
          default -> throw new IllegalArgumentException(layout + " has no alpha");
        };
    this.alphaOffset = layout == PixelLayout.ARGB || layout == PixelLayout.ABGR ? 0 : 3;
    this.wide = layout.bytesPerComponent() == 2;
    this.order = order;
    this.background = new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF};
  }

  @Override
  public void apply(ByteBuffer pixels, int stride, int width, int row, int rows) {
    ByteBuffer view = pixels.duplicate().order(order);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        if (wide) {
          flattenWide(view, y * stride + x * 8);
        } else {
          flattenByte(view, y * stride + x * 4);
        }
      }
    }
  }

  private void flattenByte(ByteBuffer view, int pixel) {
    int alpha = view.get(pixel + alphaOffset) & 0xFF;
    for (int c = 0; c < 3; c++) {
      int index = pixel + offsets[c];
      int value = (view.get(index) & 0xFF) * alpha + background[c] * (255 - alpha);
      view.put(index, (byte) ((value + 127) / 255));
    }
    view.put(pixel + alphaOffset, (byte) 0xFF);
  }

  private void flattenWide(ByteBuffer view, int pixel) {
    long alpha = view.getShort(pixel + 2 * alphaOffset) & 0xFFFF;
    for (int c = 0; c < 3; c++) {
      int index = pixel + 2 * offsets[c];
      long value =
          (view.getShort(index) & 0xFFFF) * alpha + background[c] * 257L * (65_535 - alpha);
      view.putShort(index, (short) ((value + 32_767) / 65_535));
    }
    view.putShort(pixel + 2 * alphaOffset, (short) 0xFFFF);
  }
}
