package io.reelmux.ffmpeg.internal.video;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Splits pixels of three bytes into three planes, eight pixels at a time.
 *
 * <p>Note [eight pixels in three words]. Eight pixels are 24 bytes: three little-endian words x, y,
 * z. The first components are bytes 0, 3, 6 of x, 1, 4, 7 of y and 2, 5 of z; the second and third
 * lie one and two bytes further on. A multiplication by powers of 256^2 brings the masked bytes of
 * a word side by side at its top: times 2^40 + 2^24 + 2^8 byte 0 goes to 5, 3 to 6 and 6 to 7, and
 * no other product falls there; a shift puts them where they belong.
 *
 * <p>A plain loop over bytes takes more than twice as long.
 */
final class TripleSplitter {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int PIXELS = 8;

  /** Bytes 0, 3, 6, and the factor that brings them to the top. */
  private static final long FROM_0 = 0x00FF_0000_FF00_00FFL;

  private static final long RAISE_0 = (1L << 40) + (1L << 24) + (1L << 8);

  /** Bytes 1, 4, 7. */
  private static final long FROM_1 = 0xFF00_00FF_0000_FF00L;

  private static final long RAISE_1 = (1L << 32) + (1L << 16) + 1;

  /** Bytes 2, 5. */
  private static final long FROM_2 = 0x0000_FF00_00FF_0000L;

  private static final long RAISE_2 = (1L << 32) + (1L << 16);

  private TripleSplitter() {}

  /**
   * Splits a row.
   *
   * @param from index of the row in {@code packed}
   * @param to index of the row in each plane
   * @param width pixels
   */
  static void split(
      byte[] packed, int from, byte[] first, byte[] second, byte[] third, int to, int width) {
    int whole = width - width % PIXELS;
    for (int i = 0; i < whole; i += PIXELS) {
      int at = from + 3 * i;
      long x = (long) WORD.get(packed, at);
      long y = (long) WORD.get(packed, at + 8);
      long z = (long) WORD.get(packed, at + 16);
      long firsts =
          (((x & FROM_0) * RAISE_0) >>> 40)
              | ((((y & FROM_1) * RAISE_1) >>> 16) & 0x0000_FFFF_FF00_0000L)
              | ((z & FROM_2) * RAISE_2 & 0xFFFF_0000_0000_0000L);
      WORD.set(first, to + i, firsts);
      long seconds =
          (((x & FROM_1) * RAISE_1) >>> 40)
              | ((((y & FROM_2) * RAISE_2) >>> 24) & 0x0000_00FF_FF00_0000L)
              | ((z & FROM_0) * RAISE_0 & 0xFFFF_FF00_0000_0000L);
      WORD.set(second, to + i, seconds);
      long thirds =
          (((x & FROM_2) * RAISE_2) >>> 48)
              | ((((y & FROM_0) * RAISE_0) >>> 24) & 0x0000_00FF_FFFF_0000L)
              | ((z & FROM_1) * RAISE_1 & 0xFFFF_FF00_0000_0000L);
      WORD.set(third, to + i, thirds);
    }
    for (int i = whole; i < width; i++) {
      int at = from + 3 * i;
      first[to + i] = packed[at];
      second[to + i] = packed[at + 1];
      third[to + i] = packed[at + 2];
    }
  }
}
