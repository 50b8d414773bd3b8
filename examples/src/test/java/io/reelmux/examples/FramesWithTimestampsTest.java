package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramesWithTimestampsTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_framesKeepTheirTimes() throws IOException {
    Path file = directory.resolve("out.mp4");

    Output.of(FramesWithTimestamps::main, file);

    SplittableRandom delays = new SplittableRandom(1);
    StreamPlayer video = StreamPlayer.open(file, 0);
    List<Double> times = video.times();
    assertThat(times).hasSize(60);
    int millis = 0;
    for (double time : times) {
      assertThat(time).isCloseTo(millis / 1000.0, within(1e-4));
      millis += delays.nextInt(15, 100);
    }
  }

  @Test
  void main_framesShowWhatWasCaptured() throws IOException {
    Path file = directory.resolve("out.mp4");

    Output.of(FramesWithTimestamps::main, file);

    assertThat(StreamPlayer.streams(file))
        .singleElement()
        .asString()
        .startsWith("video h264 640x480 ");
    StreamPlayer video = StreamPlayer.open(file, 0);
    for (int n = 0; n < 60; n++) {
      byte[] frame = requireNonNull(video.frame());
      assertThat(frame[240 * 640 + 10 * n + 5] & 0xFF).isCloseTo(235, within(8));
      assertThat(frame[240 * 640 + (10 * n + 320) % 640] & 0xFF).isCloseTo(80, within(8));
    }
  }
}
