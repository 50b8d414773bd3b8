package io.reelmux.reader.ffmpeg.internal.audio;

import static io.reelmux.reader.ffmpeg.internal.audio.AudioFile.FLOATS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.SampleLayout;
import io.reelmux.reader.AudioOutput;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of every codec and container: which they are, and that parts equal the whole. */
@RequiresFfmpegCli
@ExtendWith(LeakCheck.class)
class AudioDecodingTest {
  private static final int RATE = 44_100;
  private static final int COUNT = RATE * 4 + 333;
  private static final int UNKNOWN = -1;

  @TempDir static Path folder;

  private static float[][] original;

  /**
   * A file.
   *
   * @param arguments for the program ffmpeg
   * @param lag samples by which the decoded are late, where the file does not tell its priming
   * @param count the number of samples; {@link #UNKNOWN} where the file does not tell
   * @param loss the root of the mean square by which decoded samples differ from the original
   * @param seam how much samples may differ depending on what was decoded before
   */
  private record Row(String file, String arguments, int lag, int count, double loss, double seam) {
    Path path() {
      return folder.resolve(file);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private static Row exact(String file, String arguments) {
    return new Row(file, arguments, 0, COUNT, 0, 0);
  }

  private static Row lossy(String file, String codec, int lag, int count) {
    return new Row(file, "-c:a " + codec, lag, count, 0.03, 0);
  }

  static List<Row> rows() {
    String aac = "aac -aac_pns 0";
    return List.of(
        exact("s16.wav", "-c:a pcm_s16le"),
        exact("s24.wav", "-c:a pcm_s24le"),
        exact("float.wav", "-c:a pcm_f32le"),
        exact("pcm.mkv", "-c:a pcm_s16le"),
        exact("pcm.avi", "-c:a pcm_s16le"),
        exact("flac.flac", "-c:a flac"),
        exact("flac.mkv", "-c:a flac"),
        exact("alac.m4a", "-c:a alac"),
        lossy("aac.m4a", aac, 0, UNKNOWN),
        lossy("aac.ts", aac, 1024, UNKNOWN),
        lossy("aac.aac", aac, 1024, UNKNOWN),
        lossy("aac.flv", aac, 1024, UNKNOWN),
        lossy("fragmented.mp4", aac + " -movflags frag_keyframe+empty_moov", 1024, UNKNOWN),
        lossy("xing.mp3", "libmp3lame", 0, COUNT),
        lossy("plain.mp3", "libmp3lame -write_xing 0", 1105, UNKNOWN),
        lossy("mp3.mp4", "libmp3lame", 0, UNKNOWN),
        lossy("mp3.avi", "libmp3lame", 1105, UNKNOWN),
        lossy("vorbis.ogg", "libvorbis", 0, COUNT),
        lossy("vorbis.webm", "libvorbis", 0, UNKNOWN),
        new Row("ac3.ts", "-c:a ac3", 256, UNKNOWN, 0.03, 0.07),
        new Row("mp2.mpg", "-c:a mp2", 481, UNKNOWN, 0.03, 4e-5));
  }

  @BeforeAll
  static void encode() throws IOException, InterruptedException {
    original = Signals.sweep(RATE, COUNT);
    Path source = folder.resolve("source.wav");
    Signals.write(original, RATE, source);
    List<String> arguments = new ArrayList<>(List.of("-i", source.toString()));
    for (Row row : rows()) {
      arguments.addAll(List.of(row.arguments.split(" ")));
      arguments.add(row.path().toString());
    }
    FfmpegCli.ffmpeg(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void whole_everyCodecAndContainer_isTheOriginal(Row row) throws IOException {
    try (AudioFile audio = AudioFile.open(row.path(), FLOATS)) {
      float[][] decoded = audio.whole(5_000);

      assertThat(audio.decoder().sampleCount()).isEqualTo(decoded[0].length);
      assertThat(Signals.lag(decoded[0], original[0], 2_000)).isEqualTo(row.lag);
      if (row.count != UNKNOWN) {
        assertThat(decoded[0]).hasSize(row.count);
      }
      assertThat(decoded[0].length).isGreaterThanOrEqualTo(COUNT + row.lag);
      float[][] part = AudioFile.part(decoded, row.lag, row.lag + COUNT);
      assertThat(Signals.rms(part, original)).isLessThanOrEqualTo(row.loss);
      assertThat(audio.report().notes()).hasSize(row.lag == 0 ? 0 : 1);
      assertThat(audio.report().damaged()).isZero();
      assertThat(audio.report().failedPackets()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void read_atRandomPlaces_isPartOfTheWhole(Row row) throws IOException {
    float[][] whole = AudioFile.whole(row.path(), FLOATS);
    int total = whole[0].length;
    Random random = new Random(3);
    try (AudioFile audio = AudioFile.open(row.path(), FLOATS)) {
      for (int i = 0; i < 24; i++) {
        int from = i % 6 == 5 ? total - 1 - random.nextInt(2_000) : random.nextInt(total);
        int count = 1 + random.nextInt(4_000);

        float[][] part = audio.read(from, count);

        assertThat(part[0]).hasSize(Math.min(count, total - from));
        assertThat(AudioFile.difference(part, whole, from)).isLessThanOrEqualTo(row.seam);
      }
      assertThat(audio.read(total, 10)[0]).isEmpty();
      assertThat(audio.read(Long.MAX_VALUE - 100, 10)[0]).isEmpty();
      assertThat(audio.decoder().sampleCount()).isEqualTo(total);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1023, 1024, 40_000})
  void read_partsOfEverySize_join(int part) throws IOException {
    Path file = folder.resolve("aac.m4a");
    float[][] whole = AudioFile.whole(file, FLOATS);
    try (AudioFile audio = AudioFile.open(file, FLOATS)) {
      int from = part == 1 ? 60_000 : 0;
      int end = part == 1 ? 60_050 : whole[0].length;
      for (int at = from; at < end; at += part) {
        assertThat(AudioFile.difference(audio.read(at, part), whole, at)).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xing.mp3", "vorbis.ogg", "flac.flac"})
  void whole_equalsWhatTheProgramDecodes(String name) throws Exception {
    Path raw = folder.resolve(name + ".raw");
    FfmpegCli.ffmpeg("-i", folder.resolve(name).toString(), "-f", "f32le", raw.toString());
    FloatBuffer expected =
        ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();

    float[][] decoded = AudioFile.whole(folder.resolve(name), FLOATS);

    assertThat(decoded[0].length).isEqualTo(expected.remaining() / 2);
    for (int i = 0; i < decoded[0].length; i++) {
      // the two versions of FFmpeg round differently
      assertThat(decoded[0][i]).isCloseTo(expected.get(2 * i), within(1e-6f));
      assertThat(decoded[1][i]).isCloseTo(expected.get(2 * i + 1), within(1e-6f));
    }
  }

  @Test
  void start_isTheTimeOfSample0() throws IOException {
    assertThat(start("s16.wav")).isZero();
    assertThat(start("aac.m4a")).isZero();
    assertThat(start("aac.ts")).isEqualTo(1_400_000_000L);
    // the packets with what the Xing header tells to leave out begin at 0
    assertThat(start("xing.mp3")).isEqualTo(Math.round(1105 * 1e9 / RATE));
  }

  private static long start(String name) throws IOException {
    try (AudioFile audio = AudioFile.open(folder.resolve(name), FLOATS)) {
      return audio.decoder().startNanos();
    }
  }

  static Stream<String> primed() {
    return Stream.of("aac.m4a", "xing.mp3");
  }

  @ParameterizedTest
  @MethodSource("primed")
  void keepPriming_samplesBeforeTheFirst_areReturned(String name) throws IOException {
    Path file = folder.resolve(name);
    float[][] heard = AudioFile.whole(file, FLOATS);

    float[][] all = AudioFile.whole(file, FLOATS.keepPriming());

    int priming = all[0].length - heard[0].length;
    assertThat(priming).isEqualTo(name.endsWith("m4a") ? 1024 : 1105);
    assertThat(AudioFile.difference(heard, all, priming)).isZero();
  }

  @Test
  void source_layoutOfTheDecoder_everyBitSurvives() throws IOException {
    try (AudioFile audio = AudioFile.open(folder.resolve("s24.wav"), AudioOutput.source())) {
      ByteBuffer bytes = ByteBuffer.allocate(100 * 8).order(ByteOrder.LITTLE_ENDIAN);

      int read = audio.decoder().read(1_000, 100, bytes);

      assertThat(read).isEqualTo(100);
      assertThat(bytes.position()).isZero();
      assertThat(audio.decoder().layout()).isEqualTo(SampleLayout.S32_INTERLEAVED);
      for (int i = 0; i < 100; i++) {
        assertThat(bytes.getInt(i * 8) / 2_147_483_648.0).isEqualTo(original[0][1_000 + i]);
        assertThat(bytes.getInt(i * 8 + 4) / 2_147_483_648.0).isEqualTo(original[1][1_000 + i]);
      }
    }
  }
}
