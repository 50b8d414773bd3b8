package io.reelmux.cuda.internal.kernel;

import io.reelmux.PixelLayout;

/** The kernel for a source layout, and how it reads the components. */
enum SourceKernel {
  /** Three planes of bytes. */
  RGB_PLANAR("reelmux_rgb_planar", 255, 22),
  /** Three bytes per pixel. */
  PACKED24("reelmux_packed24", 255, 22),
  /** Four bytes per pixel. */
  PACKED32("reelmux_packed32", 255, 22),
  /** One byte per pixel. */
  GRAY8("reelmux_gray8", 255, 22),
  /** Three planes of floats. */
  RGB_PLANAR_F32("reelmux_rgb_planar_f32", 65536, 36),
  /** Three planes of half-precision floats. */
  RGB_PLANAR_F16("reelmux_rgb_planar_f16", 65536, 36),
  /** A plane of luma and one of U, V pairs, as in the surface. */
  COPY("reelmux_copy", 0, 0);

  private final String function;
  private final int white;
  private final int shift;

  SourceKernel(String function, int white, int shift) {
    this.function = function;
    this.white = white;
    this.shift = shift;
  }

  /** Name of the kernel function in the module. */
  String function() {
    return function;
  }

  /** The sample value of full intensity, as the kernel reads it. */
  int white() {
    return white;
  }

  /**
   * Fraction bits of the sums for codes of the given bit depth. With them, sums of bytes fit in 32
   * bits, and those of floats in 64.
   */
  int shift(int bits) {
    return shift - (white == 255 ? bits - 8 : 0);
  }

  /** Whether the kernel reads blue before red. */
  static boolean blueFirst(PixelLayout layout) {
    return layout == PixelLayout.BGR24 || layout == PixelLayout.BGRA;
  }

  /** Whether frames of a layout can be converted to a surface of the given bit depth. */
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
   * @throws IllegalArgumentException if there is none for a surface of that bit depth
   */
  static SourceKernel of(PixelLayout layout, int bits) {
    if (!handles(layout, bits)) {
      throw new IllegalArgumentException(
          "layout %s in device memory cannot be converted to %d bits; supported: RGB_PLANAR, RGB24, BGR24, RGBA, BGRA, GRAY8, RGB_PLANAR_F32 and RGB_PLANAR_F16, and NV12 to 8 bits, P010 to 10 bits"
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
