package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeAudioVideoTest {
  @TempDir Path directory = Path.of("");

  @Test
  void run_writesPictureAndSound() throws IOException {
    Path file = encode(2);

    assertThat(Decoder.streams(file))
        .containsExactly("video h264 1280x720 30/1", "audio aac 48000 Hz 2 ch");
    try (Decoder video = Decoder.open(file, 0);
        Decoder audio = Decoder.open(file, 1)) {
      List<Double> times = video.times();
      assertThat(times).hasSize(60);
      for (int n = 0; n < 60; n++) {
        assertThat(times.get(n)).isCloseTo(n / 30.0, within(2e-6));
      }
      assertThat(audio.samples()).hasSizeBetween(96_000, 97_024);
    }
  }

  @Test
  void run_printsWhatItMade() throws IOException {
    Path file = directory.resolve("made.mp4");

    Run run = Run.of(new EncodeAudioVideo(), file, "--seconds", 1);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("made.mp4: mp4, 2 streams, 1.000 s", "FFmpeg 8.0.1 (")
        .containsPattern("0 +video +libx264 +yuv420p +30 +- +30 +\\d+ +1.000")
        .containsPattern("1 +audio +aac +fltp +- +48000 +48 +\\d+ +1.000");
    assertThat(run.err()).contains("Encoding", "30/30");
  }

  @Test
  void run_theToneFollowsTheBall() throws IOException {
    Path file = encode(3);

    // after 2.5 s the ball is at the bottom and at the left
    assertThat(luma(file, 75, Orbit.x(2.5), Orbit.y(2.5))).isGreaterThan(150);
    assertThat(luma(file, 75, -Orbit.x(2.5), Orbit.y(2.5))).isLessThan(80);
    try (Decoder audio = Decoder.open(file, 1)) {
      float[] samples = audio.samples();
      assertThat(hertz(samples, 0, 4800)).isCloseTo(880, within(30.0));
      assertThat(hertz(samples, 120_000 - 4800, 120_000 + 4800)).isCloseTo(220, within(15.0));
    }
  }

  @Test
  void run_readByFfprobe_isAPlainMp4() throws Exception {
    Path file = encode(1);

    assertThat(
            Ffprobe.run(
                file,
                "-count_frames",
                "-select_streams",
                "v",
                "-show_entries",
                "stream=codec_name,width,height,color_range,color_space,r_frame_rate,nb_read_frames"))
        .containsExactly("h264,1280,720,tv,bt709,30/1,30");
    assertThat(Ffprobe.run(file, "-show_entries", "stream=start_time"))
        .containsExactly("0.000000", "0.000000");
  }

  @Test
  void run_unknownExtension_saysSoAndWritesNothing() {
    Path file = directory.resolve("out.xyz");

    Run run = Run.of(new EncodeAudioVideo(), file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EncodeAudioVideo: ", "'.xyz'").doesNotContain("\tat ");
    assertThat(file).doesNotExist();
  }

  private Path encode(int seconds) {
    Path file = directory.resolve("out.mp4");
    assertThat(Run.of(new EncodeAudioVideo(), file, "--seconds", seconds).status()).isZero();
    return file;
  }

  /** Brightness where the scene has a ball at x, y. */
  private static int luma(Path file, int frame, double x, double y) throws IOException {
    try (Decoder video = Decoder.open(file, 0)) {
      byte[] picture = {};
      for (int n = 0; n <= frame; n++) {
        picture = requireNonNull(video.picture());
      }
      int column = (int) (1280 * (0.5 + 0.4 * x));
      int row = (int) (720 * (0.42 - 0.28 * y));
      return picture[row * 1280 + column] & 0xFF;
    }
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
