package io.reelmux;

/**
 * The layout of a frame in memory. Rows run from top to bottom; planes follow one another;
 * components wider than a byte are in the byte order of their buffer.
 *
 * <p>Chroma planes of subsampled layouts are {@code ceil(width / 2)} wide and, for 4:2:0, {@code
 * ceil(height / 2)} high.
 */
public enum PixelLayout {
  /** R, G, B bytes. */
  RGB24(Family.RGB, 1, 0, 0, 3),
  /** B, G, R bytes. */
  BGR24(Family.RGB, 1, 0, 0, 3),
  /** R, G, B, A bytes; not premultiplied, like all layouts with alpha. */
  RGBA(Family.RGBA, 1, 0, 0, 4),
  /** B, G, R, A bytes. */
  BGRA(Family.RGBA, 1, 0, 0, 4),
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
  /**
   * A plane of R, one of G, one of B, 32-bit floats from 0 to 1; values outside are clipped. In GPU
   * memory only.
   */
  RGB_PLANAR_F32(Family.RGB_FLOAT, 4, 0, 0, 1, 1, 1),
  /**
   * A plane of R, one of G, one of B, 16-bit floats (IEEE 754 binary16) from 0 to 1; values outside
   * are clipped. In GPU memory only.
   */
  RGB_PLANAR_F16(Family.RGB_FLOAT, 2, 0, 0, 1, 1, 1);

  private enum Family {
    RGB,
    RGB_FLOAT,
    RGBA,
    GRAY,
    YUV
  }

  private final Family family;
  private final int bytesPerComponent;
  private final int chromaShiftX;
  private final int chromaShiftY;

  @SuppressWarnings("ImmutableEnumChecker") // an array of constants that never leaves this class
  private final int[] components;

  PixelLayout(
      Family family, int bytesPerComponent, int shiftX, int shiftY, int... componentsPerPlane) {
    this.family = family;
    this.bytesPerComponent = bytesPerComponent;
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
   * @return true for RGBA, BGRA, ARGB, ABGR and RGBA64
   */
  public boolean hasAlpha() {
    return family == Family.RGBA;
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
   * @return true for GRAY8 and GRAY16
   */
  public boolean isGray() {
    return family == Family.GRAY;
  }

  /**
   * Returns whether components are floats, which is supported for frames in GPU memory only.
   *
   * @return true for RGB_PLANAR_F32 and RGB_PLANAR_F16
   */
  public boolean isFloat() {
    return family == Family.RGB_FLOAT;
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

  private static int ceilShift(int value, int shift) {
    return (value + (1 << shift) - 1) >> shift;
  }
}
