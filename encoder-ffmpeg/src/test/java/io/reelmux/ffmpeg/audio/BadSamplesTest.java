package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.SampleLayout;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples that would abort or hang the native encoders never reach them. */
class BadSamplesTest {

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void addSamples_notFinite_refusedNamingChannelAndIndex(float bad) throws IOException {
    float[][] good = TestAudio.tones(44_100, 2, 3_000);
    float[][] samples = new float[2][3_000];
    samples[1][2_999] = bad;

    for (String format : new String[] {"mp3", "m4a", "wav"}) {
      TestAudio.Encoded encoded =
          encode(
              format,
              AudioOptions.of(44_100, 2),
              stream -> {
                stream.addSamples(good);
                assertThatThrownBy(() -> stream.addSamples(samples))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sample 2999")
                    .hasMessageContaining("channel 1")
                    .hasMessageContaining(Float.toString(bad));
                stream.addSamples(good);
              });

      assertThat(encoded.result().streams().get(0).samplesIn()).isEqualTo(6_000);
      assertThat(encoded.decoded().length()).isCloseTo(6_000, within(1_152));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT_INTERLEAVED, NaN",
    "FLOAT_PLANAR, Infinity",
    "DOUBLE_INTERLEAVED, -Infinity",
    "DOUBLE_PLANAR, NaN"
  })
  void addSamples_notFiniteInBuffer_refused(SampleLayout layout, double bad) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(2 * 10 * layout.type().bytes()).order(ByteOrder.BIG_ENDIAN);
    int last = buffer.capacity() - layout.type().bytes();
    if (layout.type() == SampleLayout.Type.FLOAT) {
      buffer.putFloat(last, (float) bad);
    } else {
      buffer.putDouble(last, bad);
    }

    encode(
        "mp3",
        AudioOptions.of(44_100, 2),
        stream ->
            assertThatThrownBy(() -> stream.addSamples(AudioSamples.of(layout, 2, buffer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample 9 of channel 1"));
  }

  @ParameterizedTest
  @ValueSource(floats = {1.0001f, 32_768f, 1e5f, 3e5f, 1e30f, Float.MAX_VALUE})
  void addSamples_beyondFullScaleToFloatPcm_kept(float peak) throws IOException {
    float[][] samples = {{peak, -peak, 0.25f, -0.25f}};
    AudioOptions options = AudioOptions.builder(48_000, 1).codec("pcm_f32le").build();

    TestAudio.Encoded encoded = encode("wav", options, samples);

    assertThat(encoded.decoded().channels().get(0)).containsExactly(peak, -peak, 0.25, -0.25);
    assertThat(encoded.result().notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "m4a", "ogg", "flac", "wav", "ac3"})
  void addSamples_hugeNoise_everyCodecSurvives(String format) throws IOException {
    float[][] samples = TestAudio.noise(2, 20_000);
    for (float[] channel : samples) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] *= 1e30f;
      }
    }

    DecodedAudio decoded = encode(format, AudioOptions.of(48_000, 2), samples).decoded();

    assertThat(decoded.length()).isCloseTo(20_000, within(2 * 1_536));
    assertThat(TestAudio.loudness(decoded.channels().get(0))).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @CsvSource({"wav, pcm_s16le, 0.00004", "flac, flac, 0.000001", "wv, wavpack, 0.000001"})
  void addSamples_beyondFullScaleToOthers_clippedAndCounted(
      String format, String codec, double step) throws IOException {
    float[][] samples = {{1.5f, -2, 0.25f, 1}};
    AudioOptions options = AudioOptions.builder(48_000, 1).codec(codec).build();

    TestAudio.Encoded encoded = encode(format, options, samples);

    double[] decoded = encoded.decoded().channels().get(0);
    assertThat(decoded[0]).isCloseTo(1, within(step));
    assertThat(decoded[1]).isCloseTo(-1, within(step));
    assertThat(decoded[2]).isCloseTo(0.25, within(step));
    assertThat(encoded.result().notes())
        .containsExactly(
            "audio 0: 2 values outside -1 to 1 were clipped; pcm_f32le and pcm_f64le keep them");
  }

  @Test
  void addSamples_doublesBeyondFloats_clippedToTheLargestFloat() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(2 * Double.BYTES).putDouble(-1e300).putDouble(2).flip();
    AudioOptions options = AudioOptions.builder(48_000, 1).codec("pcm_f32le").build();

    double[] decoded =
        encode(
                "wav",
                options,
                stream -> stream.addSamples(AudioSamples.of(SampleLayout.DOUBLE_PLANAR, 1, buffer)))
            .decoded()
            .channels()
            .get(0);

    assertThat(decoded).containsExactly(-Float.MAX_VALUE, 2);
  }

  @Test
  void addSamples_hugeDoubles_kept() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(3 * Double.BYTES);
    buffer.putDouble(1e300).putDouble(-1e300).putDouble(-0.5).flip();
    AudioOptions options = AudioOptions.builder(48_000, 1).codec("pcm_f64le").build();

    double[] decoded =
        encode(
                "wav",
                options,
                stream -> stream.addSamples(AudioSamples.of(SampleLayout.DOUBLE_PLANAR, 1, buffer)))
            .decoded()
            .channels()
            .get(0);

    assertThat(decoded).containsExactly(1e300, -1e300, -0.5);
  }

  @Test
  void addSamples_smallestFloats_areEncoded() throws IOException {
    float[][] samples = {new float[5_000]};
    Arrays.fill(samples[0], Float.MIN_VALUE);

    for (String format : new String[] {"mp3", "m4a", "ogg", "wav"}) {
      assertThat(encode(format, AudioOptions.of(48_000, 1), samples).decoded().length())
          .isCloseTo(5_000, within(1_152));
    }
  }
}
