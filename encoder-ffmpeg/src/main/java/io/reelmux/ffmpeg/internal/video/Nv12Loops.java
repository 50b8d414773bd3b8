package io.reelmux.ffmpeg.internal.video;

/**
 * Steps from rows of R'G'B' to rows of NV12. A row is an array of ints, each with four pixels of a
 * component, the first in the lowest byte.
 *
 * <p>Note [vectors]. HotSpot's C2 compiler turns these loops into vector instructions, which makes
 * them ten times faster. It does so only for a loop with one store, whose arrays are all indexed by
 * the loop's variable alone, and whose body is at most some twenty operations. The contenders of
 * {@code EncodeBenchmark} that convert in Java show whether it still does.
 */
final class Nv12Loops {

  /** Two pixels of an int, 16 bits for each. */
  private static final int PAIR = 0x00FF00FF;

  private Nv12Loops() {}

  /**
   * Multiplies one component of each int by a row of the matrix, and puts the codes in a byte of
   * the target's ints.
   *
   * @param shift of the component in the ints
   * @param mask of the component
   * @param down fraction bits of the weights
   * @param up of the byte in the target's ints
   */
  static void multiply(
      int[] target, int[][] rgb, int shift, int mask, Nv12Weights weights, int down, int up) {
    int[] r = rgb[0];
    int[] g = rgb[1];
    int[] b = rgb[2];
    int red = weights.red();
    int green = weights.green();
    int blue = weights.blue();
    int offset = weights.offset();
    int others = ~(0xFF << up);
    int n = target.length;
    for (int i = 0; i < n; i++) {
      target[i] =
          (target[i] & others)
              | (((r[i] >>> shift & mask) * red
                          + (g[i] >>> shift & mask) * green
                          + (b[i] >>> shift & mask) * blue
                          + offset)
                      >>> down)
                  << up;
    }
  }

  /**
   * Adds four rows with the weights 1, 3, 3, 1: of two pixels of each int.
   *
   * @param shift 0 for the even pixels, 8 for the odd ones
   */
  static void addRows(int[] sums, int[] a, int[] b, int[] c, int[] d, int shift) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] =
          (a[i] >>> shift & PAIR)
              + (d[i] >>> shift & PAIR)
              + ((b[i] >>> shift & PAIR) + (c[i] >>> shift & PAIR)) * 3;
    }
  }

  /**
   * Adds the pixels at and beside the even ones with the weights 1, 2, 1.
   *
   * @param before the odd pixels of the int before
   */
  static void addPixels(int[] sums, int[] even, int[] odd, int[] before) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = 2 * even[i] + odd[i] + (odd[i] << 16) + (before[i] >>> 16);
    }
  }
}
