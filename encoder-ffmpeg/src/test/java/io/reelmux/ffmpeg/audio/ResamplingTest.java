package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.loudness;
import static io.reelmux.ffmpeg.audio.TestAudio.pitch;
import static io.reelmux.ffmpeg.audio.TestAudio.tones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample rates that an encoder does not support, and requested output rates. */
class ResamplingTest {

  @ParameterizedTest
  @CsvSource({
    "ogg, libopus, 44100, 48000",
    "webm, libopus, 22050, 24000",
    "mkv, libopus, 11025, 12000",
    "mp3, libmp3lame, 96000, 48000",
    "m4a, aac, 192000, 96000",
    "ac3, ac3, 22050, 32000"
  })
  void addSamples_unsupportedRate_usesNearestAndAddsNote(
      String format, String codec, int rate, int encodedRate) throws IOException {
    AudioOptions options = AudioOptions.builder(rate, 2).codec(codec).build();

    TestAudio.Encoded encoded = encode(format, options, tones(rate, 2, rate));

    DecodedAudio decoded = encoded.decoded();
    assertThat(encoded.result().notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("audio 0")
                    .contains(rate + " Hz")
                    .contains(encodedRate + " Hz")
                    .contains(codec));
    assertThat(decoded.sampleRate()).isEqualTo(codec.equals("libopus") ? 48_000 : encodedRate);
    assertThat(decoded.seconds()).isCloseTo(1, within(0.1));
    assertThat(pitch(decoded.channels().get(0), decoded.sampleRate())).isCloseTo(400, within(4.0));
    assertThat(pitch(decoded.channels().get(1), decoded.sampleRate())).isCloseTo(600, within(4.0));
    assertThat(encoded.result().streams().get(0).samplesIn()).isEqualTo(rate);
    assertThat(encoded.result().duration()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void addSamples_supportedRate_addsNoNote() throws IOException {
    assertThat(encode("ogg", AudioOptions.of(48_000, 1), new float[1][960]).result().notes())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"48000, 16000", "16000, 48000", "44100, 48000", "48000, 44100", "8000, 96000"})
  void outputSampleRate_wav_resamplesToExactLength(int rate, int outputRate) throws IOException {
    AudioOptions options = AudioOptions.builder(rate, 1).outputSampleRate(outputRate).build();

    TestAudio.Encoded encoded = encode("wav", options, tones(rate, 1, rate));

    DecodedAudio decoded = encoded.decoded();
    assertThat(decoded.sampleRate()).isEqualTo(outputRate);
    assertThat(decoded.length()).isCloseTo(outputRate, within(8));
    assertThat(pitch(decoded.channels().get(0), outputRate)).isCloseTo(400, within(4.0));
    assertThat(loudness(decoded.channels().get(0))).isCloseTo(0.5 / Math.sqrt(2), within(0.01));
    // requested by the caller, so not noted
    assertThat(encoded.result().notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ogg, libopus, 44100, '8000, 12000, 16000, 24000, 48000'",
    "mp3, libmp3lame, 96000, '8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000'",
    "ac3, ac3, 8000, '32000, 44100, 48000'",
    "m4a, aac, 192000, '7350, 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000'"
  })
  void outputSampleRate_unsupported_refusedWithList(
      String format, String codec, int outputRate, String allowed) {
    AudioOptions options =
        AudioOptions.builder(48_000, 2).codec(codec).outputSampleRate(outputRate).build();

    assertThatThrownBy(() -> encode(format, options, new float[2][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageContaining(codec)
        .hasMessageContaining("outputSampleRate " + outputRate)
        .hasMessageEndingWith(allowed);
  }
}
