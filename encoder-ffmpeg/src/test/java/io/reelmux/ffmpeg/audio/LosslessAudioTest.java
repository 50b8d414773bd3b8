package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.channelOf;
import static io.reelmux.ffmpeg.audio.TestAudio.doubles;
import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.encode32;
import static io.reelmux.ffmpeg.audio.TestAudio.maxDifference;
import static io.reelmux.ffmpeg.audio.TestAudio.noise;
import static io.reelmux.ffmpeg.audio.TestAudio.noise16;
import static io.reelmux.ffmpeg.audio.TestAudio.noise32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lossless codecs reproduce the samples bit-exactly. */
class LosslessAudioTest {
  private static final int RATE = 44_100;
  private static final int COUNT = 10_008;

  @Test
  void addSamples_floatIntoWav_exactToOneTenThousandth() throws IOException {
    float[][] samples = noise(2, COUNT);

    DecodedAudio decoded = encode("wav", AudioOptions.of(RATE, 2), samples).decoded();

    assertThat(decoded.codec()).isEqualTo("pcm_s16le");
    assertThat(decoded.sampleRate()).isEqualTo(RATE);
    for (int channel = 0; channel < 2; channel++) {
      assertThat(maxDifference(decoded.channels().get(channel), doubles(samples[channel])))
          .isLessThan(1e-4);
    }
  }

  @Test
  void addSamples_floatIntoFloatWav_everyBitKept() throws IOException {
    float[][] samples = noise(2, COUNT);
    AudioOptions options = AudioOptions.builder(RATE, 2).codec("pcm_f32le").build();

    DecodedAudio decoded = encode("wav", options, samples).decoded();

    assertThat(decoded.codec()).isEqualTo("pcm_f32le");
    for (int channel = 0; channel < 2; channel++) {
      assertThat(decoded.channels().get(channel)).isEqualTo(doubles(samples[channel]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "wav, pcm_s16le",
    "mov, pcm_s16le",
    "mov, pcm_s16be",
    "mp4, pcm_s16le",
    "mkv, pcm_s16le",
    "avi, pcm_s16le",
    "aiff, pcm_s16be",
    "caf, pcm_s16le",
    "w64, pcm_s16le",
    "au, pcm_s16be",
    "flac, flac",
    "mkv, flac",
    "mp4, flac",
    "ogg, flac",
    "m4a, alac",
    "mov, alac",
    "mkv, alac",
    "tta, tta",
    "wv, wavpack",
    "wav, pcm_s24le",
    "wav, pcm_s32le",
    "wav, pcm_f32le",
    "wav, pcm_f64le"
  })
  void addSamples_s16IntoLosslessCodec_exact(String format, String codec) throws IOException {
    short[] samples = noise16(2, COUNT);
    AudioOptions options = AudioOptions.builder(RATE, 2).codec(codec).build();

    TestAudio.Encoded encoded = encode(format, options, samples);

    DecodedAudio decoded = encoded.decoded();
    assertThat(encoded.result().streams().get(0).codec()).isEqualTo(codec);
    assertThat(decoded.sampleRate()).isEqualTo(RATE);
    assertThat(decoded.channels()).hasSize(2);
    assertThat(decoded.channels().get(0)).isEqualTo(channelOf(samples, 2, 0));
    assertThat(decoded.channels().get(1)).isEqualTo(channelOf(samples, 2, 1));
  }

  @Test
  void addSamples_floatIntoFlac_exactTo24Bits() throws IOException {
    float[][] samples = noise(2, COUNT);

    TestAudio.Encoded encoded = encode("flac", AudioOptions.of(RATE, 2), samples);

    DecodedAudio decoded = encoded.decoded();
    assertThat(encoded.result().streams().get(0).format()).isEqualTo("s32");
    assertThat(decoded.bitsPerSample()).isEqualTo(24);
    for (int channel = 0; channel < 2; channel++) {
      assertThat(maxDifference(decoded.channels().get(channel), doubles(samples[channel])))
          .isLessThan(1.0 / (1 << 23));
    }
  }

  @Test
  void addSamples_s32IntoFlac_top24BitsExact() throws IOException {
    ByteBuffer samples = noise32(2, COUNT);

    DecodedAudio decoded = encode32("flac", AudioOptions.of(RATE, 2), samples).decoded();

    for (int i = 0; i < COUNT; i++) {
      int value = samples.getInt((2 * i + 1) * Integer.BYTES);
      assertThat(decoded.channels().get(1)[i] * 2147483648.0).isEqualTo(value & ~0xFF);
    }
  }

  @Test
  void addSamples_s32IntoS32Wav_exact() throws IOException {
    ByteBuffer samples = noise32(2, COUNT);
    AudioOptions options = AudioOptions.builder(RATE, 2).codec("pcm_s32le").build();

    DecodedAudio decoded = encode32("wav", options, samples).decoded();

    for (int i = 0; i < COUNT; i++) {
      assertThat(decoded.channels().get(1)[i] * 2147483648.0)
          .isEqualTo(samples.getInt((2 * i + 1) * Integer.BYTES));
    }
  }

  @Test
  void sampleFormat_s16IntoFlac_sixteenBits() throws IOException {
    short[] samples = noise16(1, COUNT);
    AudioOptions options = AudioOptions.builder(RATE, 1).sampleFormat("s16").build();

    TestAudio.Encoded encoded = encode("flac", options, samples);

    DecodedAudio decoded = encoded.decoded();
    assertThat(encoded.result().streams().get(0).format()).isEqualTo("s16");
    assertThat(decoded.bitsPerSample()).isEqualTo(16);
    assertThat(decoded.channels().get(0)).isEqualTo(channelOf(samples, 1, 0));
  }

  @ParameterizedTest
  @CsvSource({"wav, 1", "wav, 1023", "flac, 1", "flac, 4607", "flac, 4609", "mkv, 1025"})
  void addSamples_anyLength_keepsSampleCount(String format, int count) throws IOException {
    float[][] samples = noise(1, count);
    AudioOptions options =
        AudioOptions.builder(RATE, 1).codec(format.equals("flac") ? "flac" : "pcm_s16le").build();

    TestAudio.Encoded encoded = encode(format, options, samples);

    assertThat(encoded.decoded().length()).isEqualTo(count);
    assertThat(encoded.result().streams().get(0).samplesIn()).isEqualTo(count);
    assertThat(encoded.result().duration().toNanos())
        .isCloseTo(Math.round(count * 1e9 / RATE), within(1L));
  }
}
