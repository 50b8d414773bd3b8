package io.reelmux.cuda.standin;

import java.util.stream.IntStream;

/**
 * A 4:2:0 frame: luma, then interleaved chroma with {@code (width + 1) / 2} pairs per row, as in
 * NV12, without padding; samples of 8 or 10 bits.
 */
record Yuv(int width, int height, int bits, short[] luma, short[] chroma) {

  /** The n-th of a series of different frames; has runs of zeros and of small values. */
  static Yuv numbered(int width, int height, int bits, int n) {
    int chromaWidth = (width + 1) / 2 * 2;
    int chromaHeight = (height + 1) / 2;
    short[] luma = new short[width * height];
    for (int i = 0; i < luma.length; i++) {
      luma[i] = sample(i % width, i / width, n, bits);
    }
    short[] chroma = new short[chromaWidth * chromaHeight];
    for (int i = 0; i < chroma.length; i++) {
      chroma[i] = sample(i % chromaWidth, i / chromaWidth + 1000, n, bits);
    }
    return new Yuv(width, height, bits, luma, chroma);
  }

  static Yuv[] series(int width, int height, int bits, int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> numbered(width, height, bits, n))
        .toArray(Yuv[]::new);
  }

  private static short sample(int x, int y, int n, int bits) {
    if ((x / 8 + y / 8) % 3 == 0) {
      return (short) ((x + y + n) % 7 == 0 ? n % 4 : 0);
    }
    return (short) ((x * 7 + y * 13 + n * 31 + x * y) & ((1 << bits) - 1));
  }

  int chromaWidth() {
    return (width + 1) / 2 * 2;
  }

  int chromaHeight() {
    return (height + 1) / 2;
  }
}
