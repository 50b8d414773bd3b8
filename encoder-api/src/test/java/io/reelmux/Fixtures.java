package io.reelmux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The smallest possible streams, frames and samples. */
public final class Fixtures {
  public static final String FORMAT = "fake";
  public static final VideoOptions VIDEO = VideoOptions.of(2, 2, 30);
  public static final AudioOptions AUDIO = AudioOptions.of(48_000, 2);

  private Fixtures() {}

  public static VideoFrame frame() {
    return VideoFrame.of(PixelLayout.GRAY8, 2, 2, new byte[4]);
  }

  public static VideoFrames frames(int count) {
    return VideoFrames.of(PixelLayout.GRAY8, 2, 2, new byte[4 * count]);
  }

  public static float[][] samples() {
    return new float[2][3];
  }

  public static DeviceInfo deviceInfo() {
    return new DeviceInfo(
        Device.cuda(1),
        "a GPU",
        OptionalLong.of(1L << 33),
        "570.1",
        Optional.empty(),
        List.of(new DeviceEncoder("h264_fake", "h264", 146, 50, 4096, 4096, false, true)));
  }

  public static String text(ByteArrayOutput out) {
    return new String(out.toByteArray(), US_ASCII);
  }

  public static String text(Path file) throws IOException {
    return Files.readString(file, US_ASCII);
  }
}
