package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.tones;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Selection of the audio encoder, and its bit rate, sample format and private options. */
class AudioCodecTest {
  private static final int RATE = 48_000;

  @ParameterizedTest
  @CsvSource({
    "mp4, aac",
    "mov, aac",
    "m4a, aac",
    "mkv, aac",
    "ts, aac",
    "flv, aac",
    "adts, aac",
    "webm, libopus",
    "opus, libopus",
    "ogg, libopus",
    "oga, libopus",
    "3gp, aac",
    "mp3, libmp3lame",
    "avi, libmp3lame",
    "wav, pcm_s16le",
    "flac, flac",
    "ac3, ac3",
    "aiff, pcm_s16be"
  })
  void codec_notSet_usesContainersDefault(String format, String encoder) throws IOException {
    TestAudio.Encoded encoded = encode(format, AudioOptions.of(RATE, 2), new float[2][2_000]);

    assertThat(encoded.result().streams().get(0).codec()).isEqualTo(encoder);
  }

  @ParameterizedTest
  @CsvSource({
    "libmp3lame, libmp3lame",
    "mp3, libmp3lame",
    "aac, aac",
    "libopus, libopus",
    "opus, libopus",
    "flac, flac",
    "ac3, ac3",
    "pcm_s16le, pcm_s16le"
  })
  void codec_byEncoderOrCodecName_selectsBestEncoder(String name, String encoder)
      throws IOException {
    AudioOptions options = AudioOptions.builder(RATE, 2).codec(name).build();

    TestAudio.Encoded encoded = encode("mkv", options, new float[2][2_000]);

    assertThat(encoded.result().streams().get(0).codec()).isEqualTo(encoder);
  }

  @ParameterizedTest
  @CsvSource({
    "mp3, libmp3lame, 320000",
    "mp3, libmp3lame, 64000",
    "m4a, aac, 128000",
    "m4a, aac, 64000",
    "ogg, libopus, 96000",
    "ogg, libopus, 32000",
    "ac3, ac3, 192000",
    "ac3, ac3, 448000"
  })
  void bitRate_lossyCodec_isHonored(String format, String codec, int bitRate) throws IOException {
    AudioOptions options = AudioOptions.builder(RATE, 2).codec(codec).bitRate(bitRate).build();

    TestAudio.Encoded encoded = encode(format, options, TestAudio.noise(2, 2 * RATE));

    double actual = encoded.result().streams().get(0).bytes() * 8 / 2.0;
    assertThat(actual).isCloseTo(bitRate, within(bitRate * 0.2));
  }

  @ParameterizedTest
  @CsvSource({
    "mp3, 48000, 2, 123456, '32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320'",
    "mp3, 44100, 2, 8000, '32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320'",
    "mp3, 44100, 2, 144000, '32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320'",
    "mp3, 48000, 2, 500000, '32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320'",
    "mp3, 22050, 1, 320000, '8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160'",
    "ac3, 48000, 2, 100000, '32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640'",
    "ogg, 48000, 2, 100, '500 to 512000'",
    "ogg, 48000, 1, 300000, '500 to 256000'"
  })
  void bitRate_unsupported_refusedWithList(
      String format, int rate, int channels, long bitRate, String allowed) {
    String codec = format.equals("ogg") ? "libopus" : format;
    AudioOptions options =
        AudioOptions.builder(rate, channels).codec(codec).bitRate(bitRate).build();

    assertThatThrownBy(() -> encode(format, options, new float[channels][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageContaining(Long.toString(bitRate))
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({"11025, 64000", "22050, 160000", "22050, 8000", "44100, 32000", "48000, 320000"})
  void bitRate_extremesOfMp3_areHonored(int rate, int bitRate) throws IOException {
    AudioOptions options = AudioOptions.builder(rate, 1).bitRate(bitRate).build();

    TestAudio.Encoded encoded = encode("mp3", options, tones(rate, 1, 2 * rate));

    double actual = encoded.result().streams().get(0).bytes() * 8 / 2.0;
    assertThat(actual).isCloseTo(bitRate, within(bitRate * 0.15));
  }

  @Test
  void bitRate_tooLowForEac3_refusedWithRange() {
    AudioOptions options = AudioOptions.builder(RATE, 2).codec("eac3").bitRate(1).build();

    assertThatThrownBy(() -> encode("mkv", options, new float[2][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eac3")
        .hasMessageContaining("must be 512 to 1024000");
  }

  @ParameterizedTest
  @CsvSource({
    "flac, flac, s16, s16",
    "flac, flac, s32, s32",
    "ogg, libopus, s16, s16",
    "ogg, libopus, flt, flt",
    "mp3, libmp3lame, s16p, s16p",
    "mp3, libmp3lame, s32p, s32p",
    "mp3, libmp3lame, , fltp",
    "m4a, aac, , fltp",
    "flac, flac, , s32",
    "wav, pcm_s16le, , s16",
    "ogg, libopus, , flt"
  })
  void sampleFormat_supported_isUsed(String format, String codec, String wanted, String used)
      throws IOException {
    AudioOptions.Builder options = AudioOptions.builder(RATE, 2).codec(codec);
    if (wanted != null) {
      options.sampleFormat(wanted);
    }

    TestAudio.Encoded encoded = encode(format, options.build(), tones(RATE, 2, 20_000));

    assertThat(encoded.result().streams().get(0).format()).isEqualTo(used);
    assertThat(TestAudio.pitch(encoded.decoded().channels().get(1), encoded.decoded().sampleRate()))
        .isCloseTo(600, within(6.0));
  }

  @ParameterizedTest
  @CsvSource({
    "flac, flac, fltp, 's16, s32'",
    "m4a, aac, s16, fltp",
    "mp3, libmp3lame, s16, 's32p, fltp, s16p'",
    "wav, pcm_s16le, s32, s16",
    "flac, flac, s24, 's16, s32'",
    "flac, flac, nonsense, 's16, s32'"
  })
  void sampleFormat_unsupported_refusedWithList(
      String format, String codec, String wanted, String allowed) {
    AudioOptions options = AudioOptions.builder(RATE, 2).codec(codec).sampleFormat(wanted).build();

    assertThatThrownBy(() -> encode(format, options, new float[2][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audio 0")
        .hasMessageContaining("'" + wanted + "'")
        .hasMessageContaining(codec)
        .hasMessageEndingWith("supports: " + allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "m4a, aac, aac_coder, fast",
    "m4a, aac, aac_ms, true",
    "m4a, aac, profile, aac_low",
    "m4a, aac, b, 64k",
    "ogg, libopus, application, voip",
    "ogg, libopus, vbr, off",
    "ogg, libopus, frame_duration, 60",
    "mp3, libmp3lame, joint_stereo, 0",
    "mp3, libmp3lame, compression_level, 9",
    "flac, flac, compression_level, 12",
    "flac, flac, lpc_type, cholesky"
  })
  void option_ofAudioEncoder_isAccepted(String format, String codec, String name, String value)
      throws IOException {
    AudioOptions options = AudioOptions.builder(RATE, 2).codec(codec).option(name, value).build();

    assertThat(encode(format, options, tones(RATE, 2, 10_000)).decoded().length())
        .isCloseTo(10_000, within(4_000));
  }

  @Test
  void option_opusFrameDuration_takesEffect() throws IOException {
    AudioOptions brief = AudioOptions.builder(RATE, 1).option("frame_duration", "2.5").build();
    AudioOptions lengthy = AudioOptions.builder(RATE, 1).option("frame_duration", "60").build();
    float[][] samples = new float[1][RATE];

    long many = encode("ogg", withOpus(brief), samples).result().streams().get(0).packets();
    long few = encode("ogg", withOpus(lengthy), samples).result().streams().get(0).packets();

    assertThat(many).isCloseTo(400, within(10L));
    assertThat(few).isCloseTo(17, within(2L));
  }

  private static AudioOptions withOpus(AudioOptions options) {
    return options.toBuilder().codec("libopus").build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "ab"})
  void option_bitRateSetTwice_refused(String name) {
    AudioOptions options = AudioOptions.builder(RATE, 2).bitRate(64_000).option(name, "1").build();

    assertThatThrownBy(() -> encode("m4a", options, new float[2][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AudioOptions.bitRate");
  }

  @Test
  void codec_experimental_refusedWithTheOptionThatAllowsIt() throws IOException {
    AudioOptions options = AudioOptions.builder(48_000, 2).codec("vorbis").build();

    assertThatThrownBy(() -> encode("ogg", options, new float[2][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "audio 0: encoder vorbis is experimental in FFmpeg: option(\"strict\","
                + " \"experimental\") allows it");
    AudioOptions allowed = options.toBuilder().option("strict", "experimental").build();
    float[][] tones = TestAudio.tones(48_000, 2, 48_000);
    double[] decoded = encode("ogg", allowed, tones).decoded().channels().get(0);
    assertThat(TestAudio.similarity(decoded, TestAudio.doubles(tones[0]))).isGreaterThan(0.99);
  }
}
