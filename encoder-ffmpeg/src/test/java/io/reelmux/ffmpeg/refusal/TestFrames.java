package io.reelmux.ffmpeg.refusal;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;

/** Moving pictures made by code. */
final class TestFrames {

  private TestFrames() {}

  /** A gradient that moves with the number of the frame. */
  static VideoFrame gradient(int width, int height, int number) {
    byte[] pixels = new byte[3 * width * height];
    int position = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[position++] = (byte) (x + 3 * number);
        pixels[position++] = (byte) (y + 5 * number);
        pixels[position++] = (byte) (x + y);
      }
    }
    return VideoFrame.of(PixelLayout.RGB24, width, height, pixels);
  }
}
