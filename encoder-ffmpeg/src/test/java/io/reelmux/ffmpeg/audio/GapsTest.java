package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.AudioGaps;
import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times that wobble, overlap, lie far ahead, or leave gaps that are kept. */
class GapsTest {
  private static final int RATE = 48_000;
  private static final int PIECE = 480;

  private static AudioOptions.Builder floatWav() {
    return AudioOptions.builder(RATE, 1).codec("pcm_f32le");
  }

  @Test
  void timestampTolerance_captureTimesThatWobble_joinEverySample() throws IOException {
    Random random = new Random(3);
    float[][] all = noise(1, 1_000 * PIECE);
    AudioOptions options = floatWav().timestampTolerance(Duration.ofMillis(20)).build();

    double[] decoded =
        encode(
                "wav",
                options,
                stream -> {
                  for (int i = 0; i < 1_000; i++) {
                    float[] piece = new float[PIECE];
                    System.arraycopy(all[0], i * PIECE, piece, 0, PIECE);
                    Duration time = Duration.ofMillis(Math.max(0, 10L * i + random.nextInt(7) - 3));
                    stream.addSamples(AudioSamples.of(new float[][] {piece}).withPts(time));
                  }
                })
            .decoded()
            .channels()
            .get(0);

    assertThat(decoded).isEqualTo(TestAudio.doubles(all[0]));
  }

  /** Beyond the tolerance the time is right again at once. */
  @Test
  void timestampTolerance_exceeded_correctsTheWholeDifference() throws IOException {
    AudioOptions options = floatWav().timestampTolerance(Duration.ofMillis(20)).build();

    double[] decoded =
        encode(
                "wav",
                options,
                stream -> {
                  stream.addSamples(noise(1, PIECE));
                  stream.addSamples(
                      AudioSamples.of(noise(1, PIECE)).withPts(Duration.ofMillis(31)));
                })
            .decoded()
            .channels()
            .get(0);

    assertThat(decoded).hasSize(RATE * 31 / 1_000 + PIECE);
    assertThat(decoded[RATE * 31 / 1_000]).isEqualTo(noise(1, 1)[0][0]);
  }

  @Test
  void trimOverlaps_cutsWhatOverlapsAndCountsIt() throws IOException {
    float[][] piece = noise(1, PIECE);

    TestAudio.Encoded encoded =
        encode(
            "wav",
            floatWav().trimOverlaps(true).build(),
            stream -> {
              stream.addSamples(piece);
              stream.addSamples(AudioSamples.of(piece).withPts(Duration.ofMillis(5)));
              stream.addSamples(AudioSamples.of(piece).withPts(Duration.ZERO));
            });

    double[] decoded = encoded.decoded().channels().get(0);
    assertThat(decoded).hasSize(PIECE + PIECE / 2);
    assertThat(decoded[PIECE]).isEqualTo(piece[0][PIECE / 2]);
    assertThat(encoded.result().notes())
        .containsExactly("audio 0: 720 samples that overlapped earlier ones were cut");
  }

  @Test
  void withPts_farAhead_refusedInsteadOfFillingTheDisk() throws IOException {
    encode(
        "wav",
        floatWav().build(),
        stream -> {
          assertThatThrownBy(
                  () ->
                      stream.addSamples(
                          AudioSamples.of(new float[1][10]).withPts(Duration.ofHours(14))))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessage(
                  "pts PT14H leaves a gap longer than maxGap PT1H after PT0S; times count"
                      + " from the start of the stream, AudioOptions.maxGap allows more");
          stream.addSamples(new float[1][10]);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "mkv, aac, 48000",
    "webm, libopus, 48000",
    "ts, aac, 48000",
    "mp4, aac, 48000",
    "mov, aac, 48000",
    "mkv, pcm_s16le, 48000",
    "mp4, aac, 44100"
  })
  void gapsKept_nothingIsEncodedInTheGapAndTheTimesJump(String format, String codec, int rate)
      throws IOException {
    AudioOptions options = AudioOptions.builder(rate, 1).codec(codec).gaps(AudioGaps.KEEP).build();
    float[][] second = TestAudio.tones(rate, 1, rate);

    TestAudio.Encoded encoded =
        encode(
            format,
            options,
            stream -> {
              stream.addSamples(second);
              stream.addSamples(AudioSamples.of(second).withPts(Duration.ofSeconds(10)));
            });

    assertThat(encoded.result().duration()).isEqualTo(Duration.ofSeconds(11));
    List<Duration> times = MediaReader.read(encoded.file()).audio(0).times();
    Duration largest = Duration.ZERO;
    Duration after = Duration.ZERO;
    for (int i = 1; i < times.size(); i++) {
      Duration step = times.get(i).minus(times.get(i - 1));
      if (step.compareTo(largest) > 0) {
        largest = step;
        after = times.get(i).minus(times.get(0));
      }
    }
    // the second tone starts at 10 s, after frames of up to 43 ms that began before
    assertThat(largest.toMillis()).isBetween(8_900L, 9_100L);
    assertThat(after.toMillis()).isBetween(9_950L, 10_050L);
    assertThat(times.size()).isLessThan(150);
  }

  /** The muxer starts a fragment where the one before it ends, whatever the time of its packets. */
  @ParameterizedTest
  @CsvSource({
    "mp4, aac, CRASH_SAFE",
    "mp4, aac, FRAGMENTED",
    "mp4, ac3, CRASH_SAFE",
    "mp4, ac3, FRAGMENTED",
    "mov, aac, CRASH_SAFE",
    "m4a, aac, FRAGMENTED"
  })
  void gapsKept_inFragments_eachFrameIsOnItsSideOfTheGap(
      String format, String codec, ContainerMode mode) throws IOException {
    List<Duration> plain = timesAroundAGap(format, codec, ContainerMode.PLAIN);
    List<Duration> times = timesAroundAGap(format, codec, mode);

    assertThat(times).hasSameSizeAs(plain);
    for (int i = 0; i < times.size(); i++) {
      // a unit of the file's header rounds the priming
      assertThat(times.get(i).minus(plain.get(i)).abs()).isLessThan(Duration.ofMillis(1));
    }
    Duration behind =
        times.stream().filter(time -> time.toSeconds() >= 2).findFirst().orElseThrow();
    assertThat(behind.minusSeconds(10).abs()).isLessThan(Duration.ofMillis(6));
  }

  private static List<Duration> timesAroundAGap(String format, String codec, ContainerMode mode)
      throws IOException {
    AudioOptions options = AudioOptions.builder(RATE, 1).codec(codec).gaps(AudioGaps.KEEP).build();
    float[][] second = TestAudio.tones(RATE, 1, RATE);
    TestAudio.Encoded encoded =
        encode(
            Encoder.builder().container(mode),
            format,
            options,
            stream -> {
              stream.addSamples(second);
              stream.addSamples(AudioSamples.of(second).withPts(Duration.ofSeconds(10)));
            });
    // the priming is hidden, or has a time before zero
    return MediaReader.read(encoded.file()).audio(0).times().stream()
        .filter(time -> time.toMillis() >= 0)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"wav, pcm_s16le", "mp3, libmp3lame", "mov, pcm_s16le", "ogg, libopus", "flac, flac"})
  void gapsKept_containerWithoutTimes_refusedAtOpen(String format, String codec) {
    AudioOptions options = AudioOptions.builder(RATE, 1).codec(codec).gaps(AudioGaps.KEEP).build();

    assertThatThrownBy(() -> encode(format, options, new float[1][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("container '" + format + "' cannot keep gaps");
  }
}
