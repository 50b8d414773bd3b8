package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoWithAudioTest {
  @TempDir Path directory = Path.of("");

  @Test
  void main_writesVideoAndAudio() throws IOException {
    Path file = encode(2);

    assertThat(StreamPlayer.streams(file))
        .containsExactly("video h264 1280x720 30/1", "audio aac 48000 Hz 2 ch");
    StreamPlayer video = StreamPlayer.open(file, 0);
    StreamPlayer audio = StreamPlayer.open(file, 1);
    List<Double> times = video.times();
    assertThat(times).hasSize(60);
    for (int n = 0; n < 60; n++) {
      assertThat(times.get(n)).isCloseTo(n / 30.0, within(2e-6));
    }
    assertThat(audio.samples()).hasSizeBetween(96_000, 97_024);
  }

  @Test
  void main_printsASummary() throws IOException {
    Path file = directory.resolve("out.mp4");

    String out = Output.of(VideoWithAudio::main, file, 1);

    assertThat(out.lines())
        .satisfiesExactly(
            line -> assertThat(line).matches(".*out\\.mp4: mp4, \\d+ bytes"),
            line -> assertThat(line).matches("VIDEO: libx264, 30 packets, \\d+ bytes"),
            line -> assertThat(line).matches("AUDIO: aac, \\d+ packets, \\d+ bytes"));
  }

  @Test
  void main_theToneFollowsTheBall() throws IOException {
    Path file = encode(3);

    // the ball is at the bottom after 1 s, at the right, and after 2.5 s, at the left
    assertThat(luma(file, 30, 0.9)).isGreaterThan(150);
    assertThat(luma(file, 30, 0.217)).isLessThan(60);
    assertThat(luma(file, 75, 0.217)).isGreaterThan(150);
    StreamPlayer audio = StreamPlayer.open(file, 1);
    float[] left = audio.samples();
    assertThat(loudness(left, 47_000, 49_000)).isLessThan(0.02);
    assertThat(loudness(left, 140_000, 144_000)).isCloseTo(0.3 / Math.sqrt(2), within(0.02));
  }

  @Test
  @RequiresFfmpegCli
  void main_readByFfprobe_isAPlainMp4() throws Exception {
    Path file = encode(1);

    assertThat(
            FfmpegCli.ffprobe(
                file,
                "-count_frames",
                "-select_streams",
                "v",
                "-show_entries",
                "stream=codec_name,width,height,color_range,color_space,r_frame_rate,nb_read_frames"))
        .containsExactly("h264,1280,720,tv,bt709,30/1,30");
    assertThat(FfmpegCli.ffprobe(file, "-show_entries", "stream=start_time"))
        .containsExactly("0.000000", "0.000000");
  }

  @Test
  void main_unknownExtension_writesNothing() {
    Path file = directory.resolve("out.xyz");

    assertThatThrownBy(() -> VideoWithAudio.main(new String[] {file.toString()}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'.xyz'");
    assertThat(file).doesNotExist();
  }

  private Path encode(int seconds) throws IOException {
    Path file = directory.resolve("out.mp4");
    Output.of(VideoWithAudio::main, file, seconds);
    return file;
  }

  /** Brightness where the ball touches the ground, at a horizontal position from 0 to 1. */
  private static int luma(Path file, int index, double x) throws IOException {
    StreamPlayer video = StreamPlayer.open(file, 0);
    byte[] frame = {};
    for (int n = 0; n <= index; n++) {
      frame = requireNonNull(video.frame());
    }
    return frame[(int) (720 * 0.85) * 1280 + (int) (1280 * x)] & 0xFF;
  }

  private static double loudness(float[] samples, int from, int to) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += samples[i] * samples[i];
    }
    return Math.sqrt(squares / (to - from));
  }
}
