package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.doubles;
import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.similarity;
import static io.reelmux.ffmpeg.audio.TestAudio.tones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.StreamResult;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate, channels, length and content of lossy codecs in the containers that support them. */
class LossyAudioTest {
  private static final int COUNT = 30_000;

  @ParameterizedTest
  @CsvSource({
    "mp3, libmp3lame, 44100, 1152",
    "m4a, aac, 44100, 1024",
    "mp4, aac, 48000, 1024",
    "mov, aac, 44100, 1024",
    "mkv, aac, 44100, 1024",
    "ts, aac, 48000, 1024",
    "flv, aac, 44100, 1024",
    "avi, libmp3lame, 44100, 1152",
    "adts, aac, 44100, 1024",
    "ogg, libopus, 48000, 960",
    "opus, libopus, 48000, 960",
    "webm, libopus, 48000, 960",
    "mp4, libopus, 48000, 960",
    "mkv, libopus, 24000, 960",
    "mp4, libmp3lame, 44100, 1152",
    "mkv, ac3, 48000, 1536",
    "mp4, ac3, 48000, 1536",
    "mov, eac3, 48000, 1536",
    "ac3, ac3, 48000, 1536",
    "mp2, mp2, 44100, 1152"
  })
  void addSamples_lossyCodec_keepsRateChannelsAndLength(
      String format, String codec, int rate, int frame) throws IOException {
    AudioOptions options = AudioOptions.builder(rate, 2).codec(codec).build();

    TestAudio.Encoded encoded = encode(format, options, tones(rate, 2, COUNT));

    DecodedAudio decoded = encoded.decoded();
    // opus is always decoded at 48 kHz
    int decodedRate = codec.equals("libopus") ? 48_000 : rate;
    long length = (long) COUNT * decodedRate / rate;
    assertThat(decoded.sampleRate()).isEqualTo(decodedRate);
    assertThat(decoded.channels()).hasSize(2);
    // containers without edit lists or an equivalent include the priming
    int primed = storesPriming(format) ? 0 : frame;
    assertThat((double) decoded.length())
        .isBetween((double) length - frame, (double) length + frame + primed + frame);
    StreamResult result = encoded.result().streams().get(0);
    assertThat(result.codec()).isEqualTo(codec);
    assertThat(result.samplesIn()).isEqualTo(COUNT);
    assertThat(result.packets()).isPositive();
    assertThat(result.duration()).isEqualTo(Duration.ofNanos(Math.round(COUNT * 1e9 / rate)));
    assertThat(encoded.result().bytes()).isEqualTo(encoded.file().length);
  }

  private static boolean storesPriming(String format) {
    return switch (format) {
      case "mp4", "m4a", "mov", "mkv", "webm", "ogg", "opus", "mp3" -> true;
      default -> false;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "mp4, aac, 44100",
    "m4a, aac, 48000",
    "mov, aac, 44100",
    "mp4, libopus, 48000",
    "mp4, libmp3lame, 44100",
    "mkv, libopus, 48000",
    "webm, libopus, 48000",
    "ogg, libopus, 48000",
    "mp3, libmp3lame, 44100"
  })
  void addSamples_containerStoresPriming_startsAtZeroWithExactLength(
      String format, String codec, int rate) throws IOException {
    AudioOptions options = AudioOptions.builder(rate, 2).codec(codec).build();
    float[][] samples = tones(rate, 2, COUNT);

    DecodedAudio decoded = encode(format, options, samples).decoded();

    if (!format.equals("mp3")) {
      // libavformat's start time includes the samples that an MP3's header tells it to skip
      assertThat(decoded.start()).isCloseTo(0.0, within(0.0011));
    }
    assertThat(decoded.length()).isCloseTo(COUNT, within(1024));
    // sample i of the file is sample i of the source, channel by channel
    assertThat(similarity(decoded.channels().get(0), doubles(samples[0]))).isGreaterThan(0.95);
    assertThat(similarity(decoded.channels().get(1), doubles(samples[1]))).isGreaterThan(0.95);
    assertThat(similarity(decoded.channels().get(0), doubles(samples[1]))).isLessThan(0.2);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000})
  void addSamples_ratesOfMp3_areKept(int rate) throws IOException {
    DecodedAudio decoded = encode("mp3", AudioOptions.of(rate, 1), tones(rate, 1, rate)).decoded();

    assertThat(decoded.codec()).isEqualTo("mp3float");
    assertThat(decoded.sampleRate()).isEqualTo(rate);
    assertThat(decoded.length()).isCloseTo(rate, within(1152));
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 12_000, 22_050, 64_000, 96_000})
  void addSamples_ratesOfAac_areKept(int rate) throws IOException {
    DecodedAudio decoded = encode("m4a", AudioOptions.of(rate, 1), tones(rate, 1, rate)).decoded();

    assertThat(decoded.sampleRate()).isEqualTo(rate);
    assertThat(decoded.length()).isCloseTo(rate, within(1024));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "m4a", "mp4", "mkv", "ogg", "webm", "ts", "flv", "adts", "wav"})
  void finish_withoutSamples_writesEmptyFile(String format) throws IOException {
    TestAudio.Encoded encoded = encode(format, AudioOptions.of(48_000, 2), stream -> {});

    assertThat(encoded.result().duration()).isEqualTo(Duration.ZERO);
    assertThat(encoded.result().streams().get(0).samplesIn()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "mkv", "ogg", "webm", "adts", "wav", "flac"})
  void finish_afterOneSample_writesAtMostTwoFrames(String format) throws IOException {
    TestAudio.Encoded encoded = encode(format, AudioOptions.of(48_000, 1), new float[][] {{0.5f}});

    assertThat(encoded.result().streams().get(0).samplesIn()).isEqualTo(1);
    assertThat(encoded.decoded().length()).isBetween(1, 2 * 1152);
  }

  @Test
  void addSamples_fullScaleNoise_isEncoded() throws IOException {
    float[][] samples = TestAudio.noise(2, COUNT);

    for (String format : new String[] {"mp3", "m4a", "ogg"}) {
      assertThat(encode(format, AudioOptions.of(48_000, 2), samples).decoded().length())
          .isCloseTo(COUNT, within(1152));
    }
  }
}
