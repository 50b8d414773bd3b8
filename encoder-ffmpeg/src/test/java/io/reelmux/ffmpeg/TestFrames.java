package io.reelmux.ffmpeg;

import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;

/** Generated frames with motion. */
public final class TestFrames {

  private TestFrames() {}

  /** Returns a gradient that moves with the frame number. */
  public static VideoFrame gradient(int width, int height, int number) {
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
