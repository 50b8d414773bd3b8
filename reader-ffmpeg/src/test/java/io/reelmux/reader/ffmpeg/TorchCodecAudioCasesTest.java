package io.reelmux.reader.ffmpeg;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioSamples;
import io.reelmux.SampleLayout;
import io.reelmux.reader.AudioOutput;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.Damage;
import io.reelmux.reader.DamagedFrameException;
import io.reelmux.reader.MediaReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of TorchCodec's tests of its audio decoder that no other test has; docs/reading.md
 * lists them.
 */
@RequiresFfmpegCli
class TorchCodecAudioCasesTest {
  private static final int RATE = 16_000;
  private static final Duration ALWAYS = Duration.ofDays(1_000);
  private static final AudioOutput FLOATS = AudioOutput.of(SampleLayout.FLOAT_PLANAR);

  @TempDir private static Path folder;

  @BeforeAll
  static void encode() throws Exception {
    FfmpegCli.ffmpeg(
        ("-f lavfi -i aevalsrc=0.4*sin(600*t*(1+t))|0.3*sin(2500*t):s="
                + RATE
                + ":d=2.5"
                + " -c:a flac "
                + file("tone.flac")
                + " -c:a libmp3lame "
                + file("tone.mp3")
                + " -c:a aac -aac_pns 0 "
                + file("tone.m4a")
                + " -c:a libmp3lame -ar 44100 "
                + file("tone.swf")
                + " -c:a pcm_s16le "
                + file("tone.wav"))
            .split(" "));
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  /** What is done with an open stream. */
  private interface Use {
    void with(AudioReader audio) throws Exception;
  }

  private static void open(String name, AudioOutput output, Use use) throws Exception {
    try (MediaReader reader = MediaReader.open(file(name));
        AudioReader audio = reader.audio(output)) {
      use.with(audio);
    }
  }

  private static float[] part(AudioSamples whole, int channel, int from, int count) {
    return Arrays.copyOfRange(whole.toFloats()[channel], from, from + count);
  }

  private static void assertPart(AudioSamples actual, AudioSamples whole, int from, int count) {
    assertThat(actual.count()).isEqualTo(count);
    for (int channel = 0; channel < whole.channels(); channel++) {
      assertThat(actual.toFloats()[channel]).isEqualTo(part(whole, channel, from, count));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tone.flac", "tone.mp3", "tone.m4a", "tone.wav"})
  void samples_fromBeforeTheStartAndToBehindTheEnd_areAll(String name) throws Exception {
    open(
        name,
        FLOATS,
        audio -> {
          Duration end = audio.start().plusMillis(500);

          AudioSamples half = audio.samples(Duration.ofSeconds(-1_300), end);
          AudioSamples all = audio.samples(Duration.ofSeconds(-1_300), ALWAYS);

          AudioSamples whole = audio.all();
          assertPart(all, whole, 0, whole.count());
          assertPart(half, whole, 0, RATE / 2);
          assertThat(half.pts()).isEqualTo(whole.pts()).contains(audio.start());
          assertPart(audio.samples(audio.start(), ALWAYS), whole, 0, whole.count());
        });
  }

  @ParameterizedTest
  @CsvSource({"tone.m4a,1024", "tone.mp3,576", "tone.flac,4608"})
  void samples_atAndOffTheBoundariesOfPackets_areExactlyThose(String name, int packet)
      throws Exception {
    open(
        name,
        FLOATS,
        audio -> {
          AudioSamples whole = audio.all();
          for (int[] range : List.of(new int[] {2, 5}, new int[] {0, 1}, new int[] {4, 5})) {
            int from = range[0] * packet;
            int count = (range[1] - range[0]) * packet;
            Duration start = timeOf(audio, from);
            Duration end = timeOf(audio, from + count);

            assertPart(audio.samples(start, end), whole, from, count);
            // a third of a sample beside a boundary is that boundary, two thirds are the next one
            Duration third = Duration.ofNanos(1_000_000_000L / RATE / 3);
            assertPart(audio.samples(start.plus(third), end.plus(third)), whole, from, count);
            Duration most = third.multipliedBy(2);
            assertPart(audio.samples(start.plus(most), end.plus(most)), whole, from + 1, count);
          }
          assertPart(
              audio.samples(timeOf(audio, 1_000), timeOf(audio, 3_333)), whole, 1_000, 2_333);
        });
  }

  private static Duration timeOf(AudioReader audio, long sample) throws IOException {
    return audio.start().plusNanos(Math.round(sample * 1e9 / RATE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tone.flac", "tone.mp3"})
  void samples_ofNoTime_areNone(String name) throws Exception {
    open(
        name,
        FLOATS,
        audio -> {
          Duration time = audio.start().plusSeconds(1);

          AudioSamples none = audio.samples(time, time);

          assertThat(none.count()).isZero();
          assertThat(none.channels()).isEqualTo(2);
          assertThatThrownBy(() -> audio.samples(time, time.minusNanos(1)))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  /** TorchCodec throws where there are no samples yet; an empty result says the same. */
  @Test
  void samples_beforeTheFirst_areNone() throws Exception {
    open(
        "tone.mp3",
        FLOATS,
        audio -> {
          Duration start = audio.start();
          assertThat(start).isPositive();

          assertThat(audio.samples(Duration.ZERO, start.dividedBy(2)).count()).isZero();
          assertThat(audio.samples(Duration.ZERO, start).count()).isZero();
          assertThat(audio.samples(Duration.ZERO, start.plusNanos(10_000)).count()).isZero();
          AudioSamples few = audio.samples(Duration.ZERO, start.plusMillis(1));
          assertThat(few.count()).isEqualTo(RATE / 1_000);
          assertThat(few.pts()).contains(start);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "tone.flac,8000,333333333", "tone.flac,16001,1000000000", "tone.flac,22050,700000000",
    "tone.mp3,48000,1200000000", "tone.m4a,8000,300000000", "tone.wav,16000,333333333",
  })
  void samples_inPartsByTime_areTheWhole(String name, int rate, long nanos) throws Exception {
    open(
        name,
        FLOATS.sampleRate(rate),
        audio -> {
          AudioSamples whole = audio.all();
          int next = 0;
          Duration end = audio.start().plusSeconds(3);
          for (Duration at = audio.start(); at.compareTo(end) < 0; at = at.plusNanos(nanos)) {
            AudioSamples part = audio.samples(at, at.plusNanos(nanos));
            assertPart(part, whole, next, part.count());
            next += part.count();
          }
          assertThat(next).isEqualTo(whole.count());
          double seconds = (double) whole.count() / rate;
          assertThat(seconds).isBetween(2.5, 2.6);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {6_000, 20_000, 30_000})
  void samples_cutInTheMiddleOfASample_areOfOnePartOnly(int sample) throws Exception {
    open(
        "tone.flac",
        FLOATS,
        audio -> {
          Duration cut = Duration.ofNanos((2L * sample + 1) * 31_250);
          AudioSamples whole = audio.all();

          AudioSamples first = audio.samples(Duration.ZERO, cut);
          AudioSamples second = audio.samples(cut, ALWAYS);

          assertPart(first, whole, 0, sample + 1);
          assertPart(second, whole, sample + 1, whole.count() - sample - 1);
        });
  }

  @Test
  void samples_ofAContainerThatCannotSeek_areThoseOfTheWhole() throws Exception {
    open(
        "tone.swf",
        FLOATS,
        audio -> {
          AudioSamples whole = audio.all();
          assertThat(whole.count()).isGreaterThan(100_000);

          assertPart(audio.samples(50_000, 3_000), whole, 50_000, 3_000);
          assertPart(audio.samples(20_000, 3_000), whole, 20_000, 3_000);
        });
  }

  /** The data is of odd length, and a chunk follows. */
  @Test
  void wave_ofOddSizeWithAChunkBehind_isReadFromMemoryAsFromAFile() throws Exception {
    ByteBuffer wave = ByteBuffer.allocate(44 + 9_999 + 1 + 8 + 26).order(ByteOrder.LITTLE_ENDIAN);
    wave.put("RIFF".getBytes(US_ASCII)).putInt(wave.capacity() - 8);
    wave.put("WAVEfmt ".getBytes(US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 1);
    wave.putInt(8_000).putInt(8_000).putShort((short) 1).putShort((short) 8);
    wave.put("data".getBytes(US_ASCII)).putInt(9_999);
    for (int i = 0; i < 9_999; i++) {
      wave.put((byte) (i * 7));
    }
    wave.put((byte) 0).put("LIST".getBytes(US_ASCII)).putInt(26);
    wave.put("INFOISFT".getBytes(US_ASCII)).putInt(13).put("Lavf61.7.100\0".getBytes(US_ASCII));
    Files.write(file("odd.wav"), wave.array());

    try (MediaReader reader = MediaReader.open(ByteSource.of(wave.rewind()));
        AudioReader audio = reader.audio(AudioOutput.source())) {
      AudioSamples samples = audio.all();
      assertThat(samples.count()).isEqualTo(9_999);
      assertThat(samples.toBytes()[9_998]).isEqualTo((byte) (9_998 * 7));
      open(
          "odd.wav",
          AudioOutput.source(),
          path -> assertThat(path.all().toBytes()).isEqualTo(samples.toBytes()));
    }
  }

  @Test
  void corruptPackets_areReportedOrRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(file("tone.mp3"));
    for (int i = bytes.length / 4; i < bytes.length / 2; i += 7) {
      bytes[i] ^= (byte) 0xFF;
    }
    Files.write(file("corrupt.mp3"), bytes);

    open(
        "corrupt.mp3",
        FLOATS.damage(Damage.FAIL),
        audio -> assertThatThrownBy(audio::all).isInstanceOf(DamagedFrameException.class));
    open(
        "corrupt.mp3",
        FLOATS,
        audio -> {
          assertThat(audio.all().count()).isPositive();
          assertThat(audio.report().damaged() + audio.report().failedPackets()).isPositive();
        });
  }
}
