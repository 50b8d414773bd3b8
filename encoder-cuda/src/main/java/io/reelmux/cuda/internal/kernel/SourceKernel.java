package io.reelmux.cuda.internal.kernel;

import io.reelmux.PixelLayout;

/** What a layout needs: which kernel, and how its components come. */
enum SourceKernel {
  /** Bytes in three planes. */
  RGB_PLANAR("reelmux_rgb_planar", 255, 22),
  /** Three bytes a pixel. */
  PACKED24("reelmux_packed24", 255, 22),
  /** Four bytes a pixel. */
  PACKED32("reelmux_packed32", 255, 22),
  /** One byte a pixel. */
  GRAY8("reelmux_gray8", 255, 22),
  /** Floats in three planes. */
  RGB_PLANAR_F32("reelmux_rgb_planar_f32", 65536, 36),
  /** Halves in three planes. */
  RGB_PLANAR_F16("reelmux_rgb_planar_f16", 65536, 36),
  /** Luma and U, V pairs, as the surface has them. */
  COPY("reelmux_copy", 0, 0);

  private final String function;
  private final int white;
  private final int shift;

  SourceKernel(String function, int white, int shift) {
    this.function = function;
    this.white = white;
    this.shift = shift;
  }

  /** Name of the function in the module. */
  String function() {
    return function;
  }

  /** The sample that is full intensity, as the kernel reads it. */
  int white() {
    return white;
  }

  /**
   * Bits behind the point of the sums that make codes of so many bits. Sums of bytes fit in 32 bits
   * with them, those of floats in 64.
   */
  int shift(int bits) {
    return shift - (white == 255 ? bits - 8 : 0);
  }

  /** Whether the kernel reads blue before red. */
  static boolean blueFirst(PixelLayout layout) {
    return layout == PixelLayout.BGR24 || layout == PixelLayout.BGRA;
  }

  /** Whether pictures of that layout can be written to a surface of so many bits. */
  static boolean handles(PixelLayout layout, int bits) {
    return switch (layout) {
      case RGB_PLANAR, RGB24, BGR24, RGBA, BGRA, GRAY8, RGB_PLANAR_F32, RGB_PLANAR_F16 ->
          bits == 8 || bits == 10;
      case NV12 -> bits == 8;
      case P010 -> bits == 10;
      default -> false;
    };
  }

  /**
   * The kernel of a layout.
   *
   * @throws IllegalArgumentException if there is none for a surface of so many bits
   */
  static SourceKernel of(PixelLayout layout, int bits) {
    if (!handles(layout, bits)) {
      throw new IllegalArgumentException(
          "layout %s in device memory is not converted to %d bits; RGB_PLANAR, RGB24, BGR24, RGBA, BGRA, GRAY8, RGB_PLANAR_F32 and RGB_PLANAR_F16 are, NV12 to 8 and P010 to 10"
              .formatted(layout, bits));
    }
    return switch (layout) {
      case RGB24, BGR24 -> PACKED24;
      case RGBA, BGRA -> PACKED32;
      case GRAY8 -> GRAY8;
      case RGB_PLANAR_F32 -> RGB_PLANAR_F32;
      case RGB_PLANAR_F16 -> RGB_PLANAR_F16;
      case NV12, P010 -> COPY;
      default -> RGB_PLANAR;
    };
  }
}
