package io.reelmux.reader.ffmpeg.internal.video;

import io.reelmux.PixelLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A frame of the output, component by component. */
final class Rendered {
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final ByteBuffer bytes;

  Rendered(PixelLayout layout, int width, int height) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.bytes =
        ByteBuffer.allocate((int) layout.frameBytes(width, height)).order(ByteOrder.LITTLE_ENDIAN);
  }

  ByteBuffer bytes() {
    return bytes;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The greatest code of a component; 1 for floats. */
  double max() {
    if (layout.isFloat()) {
      return 1;
    }
    return switch (layout) {
      case I420_10, I422_10, I444_10, P010 -> 1023;
      default -> layout.bytesPerComponent() == 1 ? 255 : 65535;
    };
  }

  /** R, G, B or alpha, 0 to {@link #max}. */
  double rgba(int component, int x, int y) {
    if (component == 3 && !layout.hasAlpha()) {
      return max();
    }
    if (layout.isGray()) {
      return read(0, x, y, 1, 0);
    }
    if (layout.planeCount() == 3) {
      return read(component, x, y, 1, 0);
    }
    int[] order =
        switch (layout) {
          case BGR24, BGRA -> new int[] {2, 1, 0, 3};
          case ARGB -> new int[] {1, 2, 3, 0};
          case ABGR -> new int[] {3, 2, 1, 0};
          default -> new int[] {0, 1, 2, 3};
        };
    return read(0, x, y, layout.hasAlpha() ? 4 : 3, order[component]);
  }

  /** Luma or chroma, at a sample of its own plane. */
  double yuv(int component, int x, int y) {
    double code =
        layout.planeCount() == 2 && component > 0
            ? read(1, x, y, 2, layout == PixelLayout.NV21 ? 2 - component : component - 1)
            : read(component, x, y, 1, 0);
    return layout == PixelLayout.P010 ? code / 64 : code;
  }

  private double read(int plane, int x, int y, int step, int offset) {
    int base = 0;
    for (int before = 0; before < plane; before++) {
      base += layout.rowBytes(before, width) * layout.planeHeight(before, height);
    }
    int size = layout.bytesPerComponent();
    int at = base + y * layout.rowBytes(plane, width) + (x * step + offset) * size;
    if (layout == PixelLayout.RGB_PLANAR_F16) {
      return half(bytes.getShort(at));
    }
    return switch (size) {
      case 1 -> bytes.get(at) & 0xFF;
      case 2 -> bytes.getShort(at) & 0xFFFF;
      default -> bytes.getFloat(at);
    };
  }

  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double value =
        exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
    return bits < 0 ? -value : value;
  }
}
