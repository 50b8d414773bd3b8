package io.reelmux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest streams, frames and samples. */
final class Fixtures {
  static final String FORMAT = "fake";
  static final VideoOptions VIDEO = VideoOptions.of(2, 2, 30);
  static final AudioOptions AUDIO = AudioOptions.of(48_000, 2);

  private Fixtures() {}

  static VideoFrame frame() {
    return VideoFrame.of(PixelLayout.GRAY8, 2, 2, new byte[4]);
  }

  static VideoFrames frames(int count) {
    return VideoFrames.of(PixelLayout.GRAY8, 2, 2, new byte[4 * count]);
  }

  static float[][] samples() {
    return new float[2][3];
  }

  static String text(ByteArrayOutput out) {
    return new String(out.toByteArray(), US_ASCII);
  }

  static String text(Path file) throws IOException {
    return Files.readString(file, US_ASCII);
  }
}
