package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.SampleLayout;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples with explicit presentation times. */
class SampleTimesTest {
  private static final int RATE = 48_000;
  private static final AudioOptions FLOAT_WAV =
      AudioOptions.builder(RATE, 2).codec("pcm_f32le").build();

  private static AudioSamples at(float[][] samples, Duration time) {
    return AudioSamples.of(samples).withPts(time);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2, 10, 250, 3_000})
  void withPts_later_insertsExactSilence(long gapMillis) throws IOException {
    float[][] samples = noise(2, 4_800);
    int gap = (int) (RATE * gapMillis / 1_000);

    TestAudio.Encoded encoded =
        encode(
            "wav",
            FLOAT_WAV,
            stream -> {
              stream.addSamples(at(samples, Duration.ZERO));
              stream.addSamples(at(samples, Duration.ofMillis(100 + gapMillis)));
            });

    double[] decoded = encoded.decoded().channels().get(1);
    assertThat(decoded).hasSize(9_600 + gap);
    for (int i = 0; i < decoded.length; i++) {
      double expected =
          i < 4_800 ? samples[1][i] : i < 4_800 + gap ? 0 : samples[1][i - 4_800 - gap];
      assertThat(decoded[i]).as("sample %d", i).isEqualTo(expected);
    }
    assertThat(encoded.result().streams().get(0).samplesIn()).isEqualTo(9_600 + gap);
    assertThat(encoded.result().duration()).isEqualTo(Duration.ofMillis(200 + gapMillis));
  }

  @Test
  void withPts_firstSamplesLate_startsWithSilence() throws IOException {
    float[][] samples = noise(2, 100);

    double[] decoded =
        encode("wav", FLOAT_WAV, stream -> stream.addSamples(at(samples, Duration.ofMillis(500))))
            .decoded()
            .channels()
            .get(0);

    assertThat(decoded).hasSize(24_100);
    assertThat(decoded[23_999]).isZero();
    assertThat(decoded[24_000]).isEqualTo(samples[0][0]);
  }

  @ParameterizedTest
  @EnumSource(SampleLayout.class)
  void withPts_anyLayout_silenceIsSilent(SampleLayout layout) throws IOException {
    ByteBuffer empty = ByteBuffer.allocate(0);

    double[] decoded =
        encode(
                "wav",
                FLOAT_WAV,
                stream ->
                    stream.addSamples(
                        AudioSamples.of(layout, 2, empty).withPts(Duration.ofMillis(100))))
            .decoded()
            .channels()
            .get(0);

    assertThat(decoded).hasSize(4_800).containsOnly(0);
  }

  @Test
  void withPts_overlap_refusedAndEncoderContinues() throws IOException {
    float[][] samples = noise(2, 4_800);

    DecodedAudio decoded =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> {
                  stream.addSamples(samples);
                  assertThatThrownBy(() -> stream.addSamples(at(samples, Duration.ofMillis(98))))
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessageContaining("PT0.098S")
                      .hasMessageContaining("PT0.1S");
                  stream.addSamples(at(samples, Duration.ofMillis(100)));
                })
            .decoded();

    assertThat(decoded.length()).isEqualTo(9_600);
  }

  @Test
  void withPts_roundedToMilliseconds_addsNoSilenceAndNoOverlap() throws IOException {
    float[][] samples = noise(2, 1_024);

    DecodedAudio decoded =
        encode(
                "wav",
                FLOAT_WAV,
                stream -> {
                  for (int i = 0; i < 200; i++) {
                    long millis = Math.round(i * 1_024 * 1_000.0 / RATE);
                    stream.addSamples(at(samples, Duration.ofMillis(millis)));
                  }
                })
            .decoded();

    assertThat(decoded.length()).isEqualTo(200 * 1_024);
  }

  @Test
  void withPts_whileResampling_insertsSilenceOfSameLength() throws IOException {
    AudioOptions options = AudioOptions.builder(44_100, 1).codec("libopus").build();
    float[][] samples = TestAudio.tones(44_100, 1, 44_100);

    DecodedAudio decoded =
        encode(
                "ogg",
                options,
                stream -> {
                  stream.addSamples(at(samples, Duration.ZERO));
                  stream.addSamples(at(samples, Duration.ofSeconds(3)));
                })
            .decoded();

    assertThat(decoded.seconds()).isCloseTo(4, within(0.02));
    double[] all = decoded.channels().get(0);
    assertThat(TestAudio.loudness(Arrays.copyOfRange(all, 60_000, 132_000))).isLessThan(0.001);
    assertThat(TestAudio.loudness(Arrays.copyOfRange(all, 150_000, 185_000))).isGreaterThan(0.3);
  }

  @Test
  void withPts_outOfRange_refusedAndEncoderContinues() throws IOException {
    encode(
        "wav",
        FLOAT_WAV,
        stream -> {
          assertRefused(stream, Duration.ofSeconds(Long.MAX_VALUE));
          assertRefused(stream, Duration.ofSeconds(Long.MAX_VALUE / RATE + 1));
          stream.addSamples(noise(2, 10));
        });
  }

  private static void assertRefused(AudioStream stream, Duration time) {
    assertThatThrownBy(() -> stream.addSamples(at(noise(2, 10), time)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(time.toString());
  }
}
