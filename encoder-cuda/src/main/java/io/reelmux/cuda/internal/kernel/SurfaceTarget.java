package io.reelmux.cuda.internal.kernel;

/**
 * A destination surface in device memory: a plane of luma and one of U, V pairs. NV12 with 8 bits,
 * P010 with 10 bits. Pointers and pitches are multiples of 16.
 *
 * @param luma device pointer of the first luma row
 * @param lumaPitch bytes between luma rows
 * @param chroma device pointer of the first chroma row
 * @param chromaPitch bytes between chroma rows
 * @param bits 8 or 10
 */
public record SurfaceTarget(long luma, long lumaPitch, long chroma, long chromaPitch, int bits) {

  /** Kernels store 16 bytes at once. */
  static final int ALIGNMENT = 16;

  /** Checks the values that kernels rely on. */
  public SurfaceTarget {
    if (bits != 8 && bits != 10) {
      throw new IllegalArgumentException("bits must be 8 or 10, not " + bits);
    }
    if (luma == 0 || chroma == 0) {
      throw new IllegalArgumentException("luma and chroma must not be null pointers");
    }
    if ((luma | lumaPitch | chroma | chromaPitch) % ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "luma 0x%x, pitch %d, chroma 0x%x, pitch %d: each must be a multiple of %d"
              .formatted(luma, lumaPitch, chroma, chromaPitch, ALIGNMENT));
    }
  }

  int bytesPerSample() {
    return bits == 8 ? 1 : 2;
  }
}
