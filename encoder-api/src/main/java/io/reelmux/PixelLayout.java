package io.reelmux;

/**
 * The layout of a frame in memory. Rows run from top to bottom unless a stride is negative; planes
 * follow one another; components wider than a byte are in the byte order of their buffer.
 *
 * <p>Chroma planes of subsampled layouts are {@code ceil(width / 2)} wide and, for 4:2:0, {@code
 * ceil(height / 2)} high.
 */
public enum PixelLayout {
  /** R, G, B bytes. */
  RGB24(Family.RGB, 1, 0, 0, 3),
  /** B, G, R bytes. */
  BGR24(Family.RGB, 1, 0, 0, 3),
  /** R, G, B, A bytes; not premultiplied, like all layouts with alpha but BGRA_PRE. */
  RGBA(Family.RGBA, 1, 0, 0, 4),
  /** B, G, R, A bytes. */
  BGRA(Family.RGBA, 1, 0, 0, 4),
  /**
   * B, G, R, A bytes, the colors multiplied by alpha: JavaFX's {@code BYTE_BGRA_PRE}. The
   * multiplication is undone before alpha is dropped, kept or flattened. In host memory only.
   */
  BGRA_PRE(Family.RGBA, 1, 0, 0, 4),
  /** A, R, G, B bytes. */
  ARGB(Family.RGBA, 1, 0, 0, 4),
  /** A, B, G, R bytes. */
  ABGR(Family.RGBA, 1, 0, 0, 4),
  /** A plane of R bytes, one of G, one of B: the (3, height, width) tensor. */
  RGB_PLANAR(Family.RGB, 1, 0, 0, 1, 1, 1),
  /** One gray byte, 0 (black) to 255 (white). */
  GRAY8(Family.GRAY, 1, 0, 0, 1),
  /** One 16-bit gray component, 0 (black) to 65535 (white). */
  GRAY16(Family.GRAY, 2, 0, 0, 1),
  /** R, G, B, 16 bits each. */
  RGB48(Family.RGB, 2, 0, 0, 3),
  /** A plane of R, one of G, one of B, 16 bits each. */
  RGB48_PLANAR(Family.RGB, 2, 0, 0, 1, 1, 1),
  /** R, G, B, A, 16 bits each. */
  RGBA64(Family.RGBA, 2, 0, 0, 4),
  /** Planes Y, U, V; 4:2:0; FFmpeg's yuv420p. */
  I420(Family.YUV, 1, 1, 1, 1, 1, 1),
  /** Plane Y, then a plane of U, V pairs; 4:2:0. */
  NV12(Family.YUV, 1, 1, 1, 1, 2),
  /** Plane Y, then a plane of V, U pairs; 4:2:0. */
  NV21(Family.YUV, 1, 1, 1, 1, 2),
  /** Planes Y, U, V; 4:2:2; FFmpeg's yuv422p. */
  I422(Family.YUV, 1, 1, 0, 1, 1, 1),
  /** Planes Y, U, V; 4:4:4; FFmpeg's yuv444p. */
  I444(Family.YUV, 1, 0, 0, 1, 1, 1),
  /** Like NV12 with 16-bit words, the 10 bits in the high-order part. */
  P010(Family.YUV, 2, 1, 1, 1, 2),
  /** Like I420 with 16-bit words, the 10 bits in the low-order part; FFmpeg's yuv420p10. */
  I420_10(Family.YUV, 2, 1, 1, 1, 1, 1),
  /** Like I420_10 in 4:2:2; FFmpeg's yuv422p10. In host memory only. */
  I422_10(Family.YUV, 2, 1, 0, 1, 1, 1),
  /** Like I420_10 in 4:4:4; FFmpeg's yuv444p10. In host memory only. */
  I444_10(Family.YUV, 2, 0, 0, 1, 1, 1),
  /**
   * R, G, B, 32-bit floats from 0 (black) to 1 (white); values outside are clipped, and NaN counts
   * as 0, as in all layouts of floats. The CPU rounds floats to 16 bits before anything else. In
   * host memory only.
   */
  RGB_F32(Family.RGB, -4, 0, 0, 3),
  /** R, G, B, A, 32-bit floats from 0 to 1; like RGB_F32. In host memory only. */
  RGBA_F32(Family.RGBA, -4, 0, 0, 4),
  /** One gray 32-bit float from 0 (black) to 1 (white); like RGB_F32. In host memory only. */
  GRAY_F32(Family.GRAY, -4, 0, 0, 1),
  /** A plane of R, one of G, one of B, 32-bit floats from 0 to 1; like RGB_F32. */
  RGB_PLANAR_F32(Family.RGB, -4, 0, 0, 1, 1, 1),
  /**
   * A plane of R, one of G, one of B, 16-bit floats (IEEE 754 binary16) from 0 to 1; like RGB_F32.
   */
  RGB_PLANAR_F16(Family.RGB, -2, 0, 0, 1, 1, 1);

  /**
   * The second argument of each layout is the size of a component in bytes, negative for floats.
   */
  private enum Family {
    RGB,
    RGBA,
    GRAY,
    YUV
  }

  private final Family family;
  private final int bytesPerComponent;
  private final boolean isFloat;
  private final int chromaShiftX;
  private final int chromaShiftY;

  @SuppressWarnings("ImmutableEnumChecker") // an array of constants that never leaves this class
  private final int[] components;

  PixelLayout(Family family, int component, int shiftX, int shiftY, int... componentsPerPlane) {
    this.family = family;
    this.bytesPerComponent = Math.abs(component);
    this.isFloat = component < 0;
    this.chromaShiftX = shiftX;
    this.chromaShiftY = shiftY;
    this.components = componentsPerPlane;
  }

  /**
   * Returns the number of planes of a frame.
   *
   * @return 1 to 3
   */
  public int planeCount() {
    return components.length;
  }

  /**
   * Returns the size of one component in bytes.
   *
   * @return 1, 2 or 4
   */
  public int bytesPerComponent() {
    return bytesPerComponent;
  }

  /**
   * Returns whether the layout has alpha.
   *
   * @return true for RGBA, BGRA, BGRA_PRE, ARGB, ABGR, RGBA64 and RGBA_F32
   */
  public boolean hasAlpha() {
    return family == Family.RGBA;
  }

  /**
   * Returns whether the colors have been multiplied by alpha.
   *
   * @return true for BGRA_PRE
   */
  public boolean isPremultiplied() {
    return this == BGRA_PRE;
  }

  /**
   * Returns whether the layout is Y'CbCr, which is encoded without color conversion.
   *
   * @return true for I420, NV12 and related layouts
   */
  public boolean isYuv() {
    return family == Family.YUV;
  }

  /**
   * Returns whether the layout has luminance only.
   *
   * @return true for GRAY8, GRAY16 and GRAY_F32
   */
  public boolean isGray() {
    return family == Family.GRAY;
  }

  /**
   * Returns whether components are floats, from 0 to 1.
   *
   * @return true for RGB_F32, RGBA_F32, GRAY_F32, RGB_PLANAR_F32 and RGB_PLANAR_F16
   */
  public boolean isFloat() {
    return isFloat;
  }

  /**
   * Returns the number of bytes of one row of a plane, without padding.
   *
   * @param plane index of the plane
   * @param width width of the frame in pixels
   * @return the number of bytes, which is the minimum stride
   */
  public int rowBytes(int plane, int width) {
    int pixels = plane == 0 ? width : ceilShift(width, chromaShiftX);
    return Math.multiplyExact(pixels, components[plane] * bytesPerComponent);
  }

  /**
   * Returns the number of rows of a plane.
   *
   * @param plane index of the plane
   * @param height height of the frame in pixels
   * @return the number of rows
   */
  public int planeHeight(int plane, int height) {
    return plane == 0 ? height : ceilShift(height, chromaShiftY);
  }

  /**
   * Returns the number of bytes of a tightly packed frame.
   *
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @return the size of all planes without padding
   */
  public long frameBytes(int width, int height) {
    long bytes = 0;
    for (int plane = 0; plane < components.length; plane++) {
      bytes += (long) rowBytes(plane, width) * planeHeight(plane, height);
    }
    return bytes;
  }

  /**
   * Returns how many pixels of a row share a chroma sample.
   *
   * @return 2 for 4:2:0 and 4:2:2, otherwise 1
   */
  public int chromaColumns() {
    return 1 << chromaShiftX;
  }

  /**
   * Returns how many rows share a row of chroma samples.
   *
   * @return 2 for 4:2:0, otherwise 1
   */
  public int chromaRows() {
    return 1 << chromaShiftY;
  }

  /** Checks the corner of a part: chroma samples belong to several pixels. */
  void checkCorner(int x, int y) {
    int alignX = chromaColumns();
    int alignY = chromaRows();
    if (x % alignX != 0 || y % alignY != 0) {
      throw new IllegalArgumentException(
          "crop at "
              + x
              + ","
              + y
              + ": chroma of "
              + this
              + " is subsampled, so x must be a multiple of "
              + alignX
              + " and y of "
              + alignY);
    }
  }

  private static int ceilShift(int value, int shift) {
    return (value + (1 << shift) - 1) >> shift;
  }
}
