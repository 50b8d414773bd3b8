package io.reelmux.demos.scene;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeSceneTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_theToneFollowsTheBall() throws IOException {
    Path file = directory.resolve("scene.mp4");

    EncodeScene.main(new String[] {file.toString(), "3"});

    assertThat(StreamPlayer.streams(file))
        .containsExactly("video h264 1280x720 30/1", "audio aac 48000 Hz 2 ch");
    // after 2.5 s the ball is at the bottom and at the left
    assertThat(luma(file, 75, Orbit.x(2.5), Orbit.y(2.5))).isGreaterThan(150);
    assertThat(luma(file, 75, -Orbit.x(2.5), Orbit.y(2.5))).isLessThan(80);
    StreamPlayer audio = StreamPlayer.open(file, 1);
    float[] samples = audio.samples();
    assertThat(hertz(samples, 0, 4800)).isCloseTo(880, within(30.0));
    assertThat(hertz(samples, 120_000 - 4800, 120_000 + 4800)).isCloseTo(220, within(15.0));
  }

  /** Brightness where the scene has a ball at x, y. */
  private static int luma(Path file, int index, double x, double y) throws IOException {
    StreamPlayer video = StreamPlayer.open(file, 0);
    byte[] frame = {};
    for (int n = 0; n <= index; n++) {
      frame = requireNonNull(video.frame());
    }
    int column = (int) (1280 * (0.5 + 0.4 * x));
    int row = (int) (720 * (0.42 - 0.28 * y));
    return frame[row * 1280 + column] & 0xFF;
  }

  private static double hertz(float[] samples, int from, int to) {
    int turns = 0;
    for (int i = from + 1; i < to; i++) {
      if (samples[i - 1] < 0 && samples[i] >= 0) {
        turns++;
      }
    }
    return turns * 48_000.0 / (to - from);
  }
}
