package io.reelmux.reader.ffmpeg.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.VideoStream;
import io.reelmux.cut.AudioEncoder;
import io.reelmux.cut.AudioResult;
import io.reelmux.cut.AudioSource;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FileAudio;
import io.reelmux.cut.Joiner;
import io.reelmux.reader.MediaReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Audio beside joined chunks: every sample is there, at its time, and no seam is heard. */
@RequiresFfmpegCli
class JoinedAudioTest {
  private static final int RATE = 48_000;
  private static final int FRAMES = 90;

  /** As long as the video, in no whole number of AAC's or Opus' packets. */
  private static final int SAMPLES =
      FRAMES * 1001 / 30_000 * RATE + FRAMES * 1001 % 30_000 * RATE / 30_000;

  private static final int WINDOW = RATE / 100;

  @TempDir private static Path folder;
  private static CutPlan plan;
  private static List<ChunkResult> chunks;

  @BeforeAll
  static void encode() throws IOException {
    plan =
        CutPlan.of(
            Footage.options("libx264").gop(15).preset("ultrafast").build(),
            FRAMES,
            Duration.ofMillis(500));
    chunks = Footage.encode(plan, folder);
  }

  private static float sample(int n) {
    return (float) (0.4 * Math.sin(n * 0.031) + 0.3 * Math.sin(n * 0.2));
  }

  private static AudioSource samples() {
    return stream -> {
      for (int from = 0; from < SAMPLES; from += 1000) {
        float[][] part = new float[1][Math.min(1000, SAMPLES - from)];
        for (int i = 0; i < part[0].length; i++) {
          part[0][i] = sample(from + i);
        }
        stream.addSamples(AudioSamples.of(part));
      }
    };
  }

  private static AudioOptions options(String codec) {
    return AudioOptions.builder(RATE, 1).codec(codec).build();
  }

  private static Joiner joiner() {
    return Footage.joiner(plan, chunks);
  }

  private static float[] decoded(Path file) throws Exception {
    Path raw = file.resolveSibling(file.getFileName() + ".f32");
    FfmpegCli.ffmpeg(
        "-i",
        file.toString(),
        "-map",
        "0:a:0",
        "-f",
        "f32le",
        "-ac",
        "1",
        "-ar",
        "48000",
        raw.toString());
    FloatBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] all = new float[floats.remaining()];
    floats.get(all);
    return all;
  }

  private static Path single(String codec, String container) throws IOException {
    Path file = folder.resolve("single-" + codec + "." + container);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(plan.video());
      AudioStream audio = encoder.addAudio(options(codec));
      encoder.openFile(file);
      samples().feed(audio);
      audio.end();
      for (int n = 0; n < FRAMES; n++) {
        video.addFrame(Footage.frame(n));
      }
    }
    return file;
  }

  private static double level(float[] samples, int window) {
    double sum = 0;
    for (int i = window * WINDOW; i < (window + 1) * WINDOW; i++) {
      sum += samples[i] * samples[i];
    }
    return 10 * Math.log10(sum / WINDOW);
  }

  @ParameterizedTest
  @CsvSource({"aac,mp4", "aac,mkv", "libopus,mp4", "libopus,mkv", "flac,mkv", "flac,mp4"})
  void join_withAudioEncodedOnce_hasEverySampleOfOnePiece(String codec, String container)
      throws Exception {
    Path encoded = folder.resolve(codec + ".audio");
    Path joined = folder.resolve("joined-" + codec + "." + container);
    AudioResult result = AudioEncoder.of(options(codec), samples()).encode(encoded);

    joiner().audio(result).join(Output.file(joined));

    assertThat(result.samples()).isEqualTo(SAMPLES);
    float[] samples = decoded(joined);
    float[] expected = decoded(single(codec, container));
    assertThat(samples.length).isEqualTo(expected.length);
    assertThat(Arrays.equals(samples, expected)).as("samples are the same").isTrue();
    if (container.equals("mkv") || codec.equals("flac")) {
      assertThat(count(joined)).isEqualTo(SAMPLES);
    } else {
      // MP4 has no place for padding but the duration, which decoders leave to players
      assertThat(duration(joined)).isEqualTo(SAMPLES);
    }
    for (int window = 0; window < SAMPLES / WINDOW; window++) {
      assertThat(level(samples, window))
          .as("window %d", window)
          .isGreaterThan(level(expected, window) - 1);
    }
  }

  private static long duration(Path file) throws Exception {
    List<String> ticks =
        FfmpegCli.ffprobe(file, "-select_streams", "a:0", "-show_entries", "stream=duration_ts");
    return Long.parseLong(ticks.get(0).replace(",", ""));
  }

  private static long count(Path file) throws IOException {
    try (MediaReader in = MediaReader.open(file)) {
      return in.audio().sampleCount();
    }
  }

  @Test
  void join_withAudioOfAnotherFile_keepsItWithItsVideo() throws Exception {
    Path source = folder.resolve("source.mp4");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x48:r=30000/1001:d=3",
        "-f",
        "lavfi",
        "-itsoffset",
        "0.5",
        "-i",
        "sine=f=440:d=2:r=48000",
        "-c:v",
        "libx264",
        "-bf",
        "2",
        "-c:a",
        "aac",
        source.toString());
    Path joined = folder.resolve("copied.mp4");
    Path again = folder.resolve("again.mp4");
    Path audio = folder.resolve("again.audio");
    FileAudio reencoded = FileAudio.of(source);

    joiner().audio(source).join(Output.file(joined));
    AudioEncoder.of(reencoded.encoding().build(), Footage.carried(reencoded)).encode(audio);
    joiner().audio(audio).join(Output.file(again));

    assertThat(firstSound(joined)).isBetween(0.49, 0.53);
    assertThat(firstSound(again)).isBetween(0.49, 0.53);
  }

  /** Returns when the first sample that is not silent is heard. */
  private static double firstSound(Path file) throws Exception {
    Path raw = file.resolveSibling(file.getFileName() + ".aligned");
    FfmpegCli.ffmpeg(
        "-i",
        file.toString(),
        "-map",
        "0:a:0",
        "-af",
        "aresample=async=1:first_pts=0",
        "-f",
        "f32le",
        "-ac",
        "1",
        raw.toString());
    FloatBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int n = 0;
    while (Math.abs(floats.get(n)) < 0.02) {
      n++;
    }
    return n / 48_000.0;
  }

  @Test
  void join_audioFileWithoutAudio_refused() {
    Path output = folder.resolve("never.mp4");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> joiner().audio(Path.of(chunks.get(0).location())).join(Output.file(output)))
        .withMessageContaining("has no audio");
    assertThat(output).doesNotExist();
  }
}
