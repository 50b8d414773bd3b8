package io.reelmux.ffmpeg.reliability.destination;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A clip whose frames each encode their number in 16 black or white bars, legible after any codec.
 */
final class Clip {
  static final int WIDTH = 128;
  static final int HEIGHT = 64;
  static final int AUDIO_RATE = 48_000;

  private static final int BITS = 16;
  private static final int BAR = WIDTH / BITS;

  private Clip() {}

  static VideoFrame frame(int number) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 3 / 2];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int bit = (number >> (i % WIDTH / BAR)) & 1;
      pixels[i] = (byte) (bit == 0 ? 40 : 210);
    }
    Arrays.fill(pixels, WIDTH * HEIGHT, pixels.length, (byte) 128);
    return VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, pixels);
  }

  /** Returns the number of a decoded frame, from a row of its luma. */
  static int number(ByteBuffer luma) {
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int value = luma.get(bit * BAR + BAR / 2) & 0xFF;
      number |= (value > 125 ? 1 : 0) << bit;
    }
    return number;
  }

  static float[][] samples(int from, int count) {
    float[][] samples = new float[1][count];
    for (int i = 0; i < count; i++) {
      samples[0][i] = (float) (0.5 * Math.sin((from + i) * 2 * Math.PI * 440 / AUDIO_RATE));
    }
    return samples;
  }
}
