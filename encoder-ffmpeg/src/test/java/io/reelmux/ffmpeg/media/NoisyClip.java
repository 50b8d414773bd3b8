package io.reelmux.ffmpeg.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Shapes that move over moving waves, all under noise, which every quantizer changes. */
final class NoisyClip {
  private static final int NOISE = 8;

  private NoisyClip() {}

  /** Returns frames of RGB24. */
  static List<byte[]> frames(int width, int height, int count) {
    List<byte[]> clip = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] rgb = Fixtures.moving(width, height, i);
      disc(rgb, width, height, i);
      box(rgb, width, height, i);
      addNoise(rgb, new Random(i));
      clip.add(rgb);
    }
    return clip;
  }

  private static void disc(byte[] rgb, int width, int height, int index) {
    int radius = height / 5;
    int centerX = (width / 5 + 3 * index) % width;
    int centerY = height / 2;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (Math.hypot(x - centerX, y - centerY) < radius) {
          set(rgb, (y * width + x) * 3, 200, 160, 70);
        }
      }
    }
  }

  /** A box of stripes, as fine as text. */
  private static void box(byte[] rgb, int width, int height, int index) {
    int left = Math.floorMod(width / 2 - 2 * index, width);
    for (int y = height / 8; y < height / 2; y++) {
      for (int x = left; x < Math.min(width, left + width / 4); x++) {
        int gray = (x - left) / 3 % 2 == 0 ? 40 : 190;
        set(rgb, (y * width + x) * 3, gray, gray, gray);
      }
    }
  }

  private static void set(byte[] rgb, int at, int red, int green, int blue) {
    rgb[at] = (byte) red;
    rgb[at + 1] = (byte) green;
    rgb[at + 2] = (byte) blue;
  }

  private static void addNoise(byte[] rgb, Random random) {
    for (int at = 0; at < rgb.length; at += 3) {
      int gray = random.nextInt(2 * NOISE + 1) - NOISE;
      for (int c = 0; c < 3; c++) {
        rgb[at + c] = (byte) Math.max(0, Math.min(255, (rgb[at + c] & 0xFF) + gray));
      }
    }
  }
}
