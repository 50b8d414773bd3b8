package io.reelmux.ffmpeg.media;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** A frame as numbers, four per pixel: R, G, B, A, each 0 to 255 or 0 to 65535 as in the layout. */
final class Pixels {
  final int width;
  final int height;
  private final int[] rgba;

  private Pixels(int width, int height, int[] rgba) {
    this.width = width;
    this.height = height;
    this.rgba = rgba;
  }

  /** Returns random values; about every eighth is the minimum or the maximum. */
  static Pixels random(PixelLayout layout, int width, int height, long seed) {
    int max = max(layout);
    Random random = new Random(seed);
    int[] rgba = new int[width * height * 4];
    for (int i = 0; i < rgba.length; i++) {
      rgba[i] = random.nextInt(8) == 0 ? max * random.nextInt(2) : random.nextInt(max + 1);
    }
    if (layout.isGray()) {
      for (int i = 0; i < rgba.length; i += 4) {
        rgba[i + 1] = rgba[i];
        rgba[i + 2] = rgba[i];
      }
    }
    return new Pixels(width, height, rgba);
  }

  /** Returns the value of white: 65535 for floats too, which are a fraction of it. */
  static int max(PixelLayout layout) {
    return layout.bytesPerComponent() == 1 ? 0xFF : 0xFFFF;
  }

  int red(int x, int y) {
    return rgba[(y * width + x) * 4];
  }

  int green(int x, int y) {
    return rgba[(y * width + x) * 4 + 1];
  }

  int blue(int x, int y) {
    return rgba[(y * width + x) * 4 + 2];
  }

  int alpha(int x, int y) {
    return rgba[(y * width + x) * 4 + 3];
  }

  /** Returns the frame in an RGB or gray layout, tightly packed. */
  ByteBuffer pack(PixelLayout layout, ByteOrder order) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.toIntExact(layout.frameBytes(width, height))).order(order);
    int pixels = width * height;
    if (layout.planeCount() == 3) {
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < pixels; i++) {
          put(buffer, layout, rgba[4 * i + c]);
        }
      }
    } else {
      int[] components = order(layout);
      for (int i = 0; i < pixels; i++) {
        for (int c : components) {
          put(buffer, layout, rgba[4 * i + c]);
        }
      }
    }
    return buffer.flip().order(order);
  }

  VideoFrame frame(PixelLayout layout) {
    return frame(layout, ByteOrder.LITTLE_ENDIAN);
  }

  VideoFrame frame(PixelLayout layout, ByteOrder order) {
    return VideoFrame.of(layout, width, height, pack(layout, order));
  }

  private static int[] order(PixelLayout layout) {
    return switch (layout) {
      case RGB24, RGB48, RGB_F32 -> new int[] {0, 1, 2};
      case BGR24 -> new int[] {2, 1, 0};
      case RGBA, RGBA64, RGBA_F32 -> new int[] {0, 1, 2, 3};
      case BGRA -> new int[] {2, 1, 0, 3};
      case ARGB -> new int[] {3, 0, 1, 2};
      case ABGR -> new int[] {3, 2, 1, 0};
      case GRAY8, GRAY16, GRAY_F32 -> new int[] {0};
      default -> throw new IllegalArgumentException(layout.toString());
    };
  }

  private static void put(ByteBuffer buffer, PixelLayout layout, int value) {
    if (layout.bytesPerComponent() == 1) {
      buffer.put((byte) value);
    } else if (layout.isFloat()) {
      buffer.putFloat(value / 65_535f);
    } else {
      buffer.putShort((short) value);
    }
  }
}
