package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioSamples;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FileAudio;
import io.reelmux.cut.FileFrames;
import io.reelmux.cut.ParallelEncoder;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording that begins in the middle of a GOP: its first frames cannot be decoded. */
@RequiresFfmpegCli
class RecordingTest {
  private static final int PACKET = 188;

  @TempDir private static Path folder;
  private static Path recording;
  private static FileFrames frames;
  private static CutPlan plan;

  /** A tone begins at 3 seconds. */
  @BeforeAll
  static void record() throws Exception {
    Path whole = folder.resolve("whole.ts");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=128x96:r=25",
        "-f",
        "lavfi",
        "-i",
        "aevalsrc=0.5*sin(6000*t)*gt(t\\,3):s=48000",
        "-t",
        "5",
        "-g",
        "25",
        "-c:v",
        "libx264",
        "-c:a",
        "aac",
        whole.toString());
    byte[] bytes = Files.readAllBytes(whole);
    int from = bytes.length / PACKET / 10 * PACKET;
    recording =
        Files.write(folder.resolve("recording.ts"), Arrays.copyOfRange(bytes, from, bytes.length));
    frames = FileFrames.of(recording);
    plan =
        CutPlan.of(
            frames.encoding().codec("libx264").preset("ultrafast").gop(10).build(),
            frames.frames(),
            Duration.ofSeconds(1));
  }

  /** When the tone begins after the first frame that is shown, in milliseconds. */
  private static double tone(Path file) throws IOException {
    try (MediaReader media = MediaReader.open(file);
        VideoReader video = media.video();
        AudioReader audio = media.audio()) {
      AudioSamples samples = audio.samples(0, (int) audio.sampleCount());
      float[] heard = samples.toFloats()[0];
      int n = 0;
      while (Math.abs(heard[n]) < 0.1) {
        n++;
      }
      Duration offset = audio.start().minus(video.index().time(0));
      return offset.toNanos() / 1e6 + 1000.0 * n / audio.sampleRate();
    }
  }

  @Test
  void audio_copied_remainsWithTheFirstFrame() throws Exception {
    Path file = folder.resolve("copied.mp4");

    EncodingResult result =
        ParallelEncoder.of(plan, frames).copyAudio(recording).encode(Output.file(file));

    assertThat(result.streams()).hasSize(2);
    assertThat(tone(file)).isCloseTo(tone(recording), within(3.0));
    try (MediaReader media = MediaReader.open(recording)) {
      assertThat(media.info().videos().get(0).facts().start().orElseThrow())
          .as("the start of the stream, which is not the first frame")
          .isLessThan(media.video().index().time(0).minusMillis(100));
    }
  }

  @Test
  void audio_encoded_remainsWithTheFirstFrame() throws Exception {
    Path file = folder.resolve("encoded.mkv");
    FileAudio audio = FileAudio.of(recording);

    EncodingResult result =
        ParallelEncoder.of(plan, frames)
            .audio(audio.encoding().codec("flac").build(), audio)
            .encode(Output.file(file));

    assertThat(tone(file)).isCloseTo(tone(recording), within(3.0));
    assertThat(result.notes())
        .as("the audio before the first frame that can be decoded")
        .anyMatch(
            note ->
                note.matches(
                    "audio: what .*recording\\.ts has before its first frame has been left out:"
                        + " [1-9]\\d* samples per channel, PT0\\.\\d+S"));
  }

  @Test
  void plan_ofAnotherRateThanTheFile_isRefused() throws IOException {
    CutPlan other = CutPlan.of(Footage.options("libx264").build(), 50, Duration.ofSeconds(1));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ParallelEncoder.of(other, frames).encode(Output.file(folder.resolve("other.mp4"))))
        .withMessageContaining("30000/1001")
        .withMessageContaining("25");
  }
}
