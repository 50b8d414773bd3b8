package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.channelOf;
import static io.reelmux.ffmpeg.audio.TestAudio.doubles;
import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.loudness;
import static io.reelmux.ffmpeg.audio.TestAudio.maxDifference;
import static io.reelmux.ffmpeg.audio.TestAudio.noise;
import static io.reelmux.ffmpeg.audio.TestAudio.noise16;
import static io.reelmux.ffmpeg.audio.TestAudio.similarity;
import static io.reelmux.ffmpeg.audio.TestAudio.tones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.ChannelLayout;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels that are kept, mixed, or more than a codec supports. */
class ChannelsTest {
  private static final int RATE = 48_000;
  private static final int COUNT = 9_600;

  private static AudioOptions floatWav(int channels, int outputChannels) {
    return AudioOptions.builder(RATE, channels)
        .codec("pcm_f32le")
        .outputChannels(outputChannels)
        .build();
  }

  @Test
  void outputChannels_monoToStereo_splitsPowerEvenly() throws IOException {
    float[][] samples = tones(RATE, 1, COUNT);

    DecodedAudio decoded = encode("wav", floatWav(1, 2), samples).decoded();

    assertThat(decoded.channels()).hasSize(2);
    assertThat(decoded.channels().get(0)).isEqualTo(decoded.channels().get(1));
    assertThat(similarity(decoded.channels().get(0), doubles(samples[0]))).isGreaterThan(0.9999);
    assertThat(loudness(decoded.channels().get(0)))
        .isCloseTo(loudness(doubles(samples[0])) * Math.sqrt(0.5), within(1e-4));
  }

  @Test
  void outputChannels_stereoIntegersToMono_averagesChannels() throws IOException {
    float[][] samples = tones(RATE, 2, COUNT);
    AudioOptions options = AudioOptions.builder(RATE, 2).outputChannels(1).build();

    DecodedAudio decoded = encode("wav", options, samples).decoded();

    assertThat(decoded.channels()).hasSize(1);
    assertThat(maxDifference(decoded.channels().get(0), sum(samples, 0.5))).isLessThan(1e-4);
  }

  @Test
  void outputChannels_stereoFloatsToMono_preservesPower() throws IOException {
    float[][] samples = tones(RATE, 2, COUNT);

    DecodedAudio decoded = encode("wav", floatWav(2, 1), samples).decoded();

    assertThat(maxDifference(decoded.channels().get(0), sum(samples, Math.sqrt(0.5))))
        .isLessThan(1e-6);
  }

  private static double[] sum(float[][] samples, double factor) {
    double[] sum = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sum[i] = (samples[0][i] + samples[1][i]) * factor;
    }
    return sum;
  }

  @Test
  void outputChannels_surroundToStereo_separatesSidesAndSharesCenter() throws IOException {
    // left, right, center, low frequencies, back left, back right
    double[] left = mixed(0);
    double[] right = mixed(1);
    double[] center = mixed(2);
    double[] backLeft = mixed(4);

    assertThat(left[0]).isGreaterThan(0.1);
    assertThat(left[1]).isLessThan(1e-6);
    assertThat(right[0]).isLessThan(1e-6);
    assertThat(right[1]).isEqualTo(left[0], within(1e-6));
    assertThat(center[0]).isEqualTo(center[1], within(1e-6));
    assertThat(center[0]).isEqualTo(left[0] * Math.sqrt(0.5), within(1e-3));
    assertThat(backLeft[0]).isEqualTo(left[0] * Math.sqrt(0.5), within(1e-3));
    assertThat(backLeft[1]).isLessThan(1e-6);
  }

  /** Returns the loudness on both sides when only one channel of 5.1 has signal. */
  private static double[] mixed(int channel) throws IOException {
    float[][] samples = new float[6][];
    Arrays.setAll(samples, i -> new float[COUNT]);
    samples[channel] = tones(RATE, 1, COUNT)[0];
    AudioOptions options =
        floatWav(6, 2).toBuilder().channelLayout(ChannelLayout.SURROUND_5_1).build();
    DecodedAudio decoded = encode("wav", options, samples).decoded();
    assertThat(decoded.channels()).hasSize(2);
    return new double[] {loudness(decoded.channels().get(0)), loudness(decoded.channels().get(1))};
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, aac, 6",
    "ogg, libopus, 6",
    "flac, flac, 6",
    "ac3, ac3, 6",
    "mp4, aac, 8",
    "mkv, libopus, 8"
  })
  void addSamples_surround_eachChannelInItsPlace(String format, String codec, int channels)
      throws IOException {
    AudioOptions options =
        AudioOptions.builder(RATE, channels).codec(codec).bitRate(512_000).build();
    float[][] samples = tones(RATE, channels, RATE / 2);

    DecodedAudio decoded = encode(format, options, samples).decoded();

    assertThat(decoded.channels()).hasSize(channels);
    for (int channel = 0; channel < channels; channel++) {
      if (channel == 3) {
        // encoders low-pass the LFE channel
        continue;
      }
      assertThat(TestAudio.pitch(decoded.channels().get(channel), decoded.sampleRate()))
          .as("channel %d", channel)
          .isCloseTo(400 + 200 * channel, within(8.0));
    }
  }

  /** Without five and seven channels of libopus: FFmpeg's wrapper mixes them up. */
  @ParameterizedTest
  @CsvSource({
    "flac, 3",
    "flac, 4",
    "flac, 5",
    "flac, 7",
    "aac, 4",
    "aac, 5",
    "libopus, 3",
    "libopus, 4",
    "alac, 3",
    "alac, 4",
    "alac, 5",
    "alac, 7",
    "alac, 8",
    "pcm_s16le, 3",
    "pcm_s16le, 4",
    "pcm_s16le, 5",
    "pcm_s16le, 7"
  })
  void addSamples_countWithSeveralLayouts_eachChannelInItsPlace(String codec, int channels)
      throws IOException {
    AudioOptions options = AudioOptions.builder(RATE, channels).codec(codec).build();

    DecodedAudio decoded = encode("mkv", options, tones(RATE, channels, RATE / 4)).decoded();

    assertThat(decoded.channels()).hasSize(channels);
    for (int channel = 0; channel < channels; channel++) {
      assertThat(TestAudio.pitch(decoded.channels().get(channel), decoded.sampleRate()))
          .as("channel %d", channel)
          .isCloseTo(400 + 200 * channel, within(10.0));
    }
  }

  @Test
  void option_opusMappingFamily_allowsAnyChannelCount() throws IOException {
    AudioOptions options =
        AudioOptions.builder(RATE, 12).codec("libopus").option("mapping_family", "255").build();

    DecodedAudio decoded = encode("ogg", options, tones(RATE, 12, RATE / 4)).decoded();

    assertThat(decoded.channels()).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "wav, pcm_s16le, 9",
    "wav, pcm_s16le, 16",
    "wav, pcm_f32le, 64",
    "mkv, pcm_s16le, 16",
    "mov, pcm_s16le, 16",
    "mkv, pcm_s32le, 12"
  })
  void addSamples_moreThanEightChannels_allExact(String format, String codec, int channels)
      throws IOException {
    AudioOptions options = AudioOptions.builder(RATE, channels).codec(codec).build();
    short[] samples = noise16(channels, 3_000);

    DecodedAudio decoded = encode(format, options, samples).decoded();

    assertThat(decoded.channels()).hasSize(channels);
    for (int channel = 0; channel < channels; channel++) {
      assertThat(decoded.channels().get(channel)).isEqualTo(channelOf(samples, channels, channel));
    }
  }

  @Test
  void addSamples_sixteenPlanarFloatChannels_allExact() throws IOException {
    float[][] samples = noise(16, 5_000);
    AudioOptions options = AudioOptions.builder(RATE, 16).codec("pcm_f32le").build();

    DecodedAudio decoded = encode("mkv", options, samples).decoded();

    for (int channel = 0; channel < 16; channel++) {
      assertThat(decoded.channels().get(channel)).isEqualTo(doubles(samples[channel]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "flac, flac, 9, '1, 2, 3, 4, 5, 6, 7, 8'",
    "mkv, aac, 17, '1, 2, 3, 4, 5, 6, 7, 8, 16'",
    "ogg, libopus, 16, '1, 2, 3, 4, 6, 8'",
    "mp3, libmp3lame, 3, '1, 2'",
    "ac3, ac3, 8, '1, 2, 3, 4, 5, 6'",
    "mkv, alac, 9, '1, 2, 3, 4, 5, 6, 7, 8'"
  })
  void open_tooManyChannels_refusedWithSupportedCounts(
      String format, String codec, int channels, String allowed) {
    AudioOptions options = AudioOptions.builder(RATE, channels).codec(codec).build();

    assertThatThrownBy(() -> encode(format, options, new float[channels][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageContaining(codec + " does not support " + channels + " channels")
        .hasMessageContaining("it supports: " + allowed)
        .hasMessageContaining("outputChannels");
  }

  @Test
  void outputChannels_sixteenToStereo_mixesForTwoChannelCodec() throws IOException {
    AudioOptions options =
        AudioOptions.builder(RATE, 16)
            .channelLayout(ChannelLayout.SURROUND_9_1_6)
            .outputChannels(2)
            .build();

    DecodedAudio decoded = encode("mp3", options, tones(RATE, 16, RATE / 4)).decoded();

    assertThat(decoded.channels()).hasSize(2);
    assertThat(loudness(decoded.channels().get(0))).isGreaterThan(0.01);
  }
}
