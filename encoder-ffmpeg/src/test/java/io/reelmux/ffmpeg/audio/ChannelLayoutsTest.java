package io.reelmux.ffmpeg.audio;

import static io.reelmux.ffmpeg.audio.TestAudio.encode;
import static io.reelmux.ffmpeg.audio.TestAudio.loudness;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_channel_from_index;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_from_string;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_name;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Channel;
import io.reelmux.ChannelLayout;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.testing.media.DecodedAudio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels with names, in any order, and channels of no place. */
class ChannelLayoutsTest {
  private static final int RATE = 48_000;
  private static final int COUNT = 9_600;

  static List<ChannelLayout> standard() {
    return ChannelLayout.standard();
  }

  @ParameterizedTest
  @MethodSource("standard")
  void standard_isFfmpegsLayoutOfThatName(ChannelLayout layout) {
    AVFrame holder = av_frame_alloc();
    try {
      assertThat(av_channel_layout_from_string(holder.ch_layout(), layout.name())).isZero();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < holder.ch_layout().nb_channels(); i++) {
        byte[] name = new byte[16];
        int length =
            av_channel_name(
                name, name.length, av_channel_layout_channel_from_index(holder.ch_layout(), i));
        names.add(new String(name, 0, length - 1, StandardCharsets.US_ASCII));
      }
      assertThat(layout.channels()).extracting(Channel::abbreviation).isEqualTo(names);
    } finally {
      av_frame_free(holder);
    }
  }

  /** Tones of different pitch, in the reverse of FFmpeg's order, come back in FFmpeg's. */
  @ParameterizedTest
  @CsvSource({
    "wav, pcm_s16le, 5.1",
    "mov, pcm_s16le, 7.1",
    "m4a, aac, 5.1",
    "mkv, ac3, 5.1(side)",
    "flac, flac, 5.1",
    "ogg, libopus, 7.1",
    "m4a, alac, 5.1",
    "mkv, aac, hexadecagonal",
    "wav, pcm_f32le, 22.2",
    "caf, pcm_s16le, 3.0"
  })
  void channelLayout_otherOrder_eachChannelInItsPlace(String format, String codec, String name)
      throws IOException {
    ChannelLayout ordered = ChannelLayout.named(name);
    List<Channel> reversed = new ArrayList<>(ordered.channels());
    Collections.reverse(reversed);
    int channels = ordered.count();
    float[][] samples = new float[channels][];
    float[][] tones = TestAudio.tones(RATE, channels, COUNT);
    for (int i = 0; i < channels; i++) {
      samples[i] = tones[channels - 1 - i];
    }
    AudioOptions options =
        AudioOptions.builder(RATE, channels)
            .channelLayout(ChannelLayout.of(reversed))
            .codec(codec)
            .build();

    TestAudio.Encoded encoded = encode(format, options, samples);

    DecodedAudio decoded = encoded.decoded();
    assertThat(decoded.channels()).hasSize(channels);
    for (int i = 0; i < channels; i++) {
      if (!ordered.channels().get(i).name().startsWith("LOW_FREQUENCY")) {
        assertThat(TestAudio.pitch(decoded.channels().get(i), RATE))
            .as(ordered.channels().get(i).name())
            .isCloseTo(400 + 200 * i, within(15.0));
      }
    }
    assertThat(encoded.result().notes())
        .isEqualTo(
            ordered.equals(ChannelLayout.HEXADECAGONAL)
                ? List.of(
                    "audio 0: channelLayout hexadecagonal is not stored: aac in matroska states"
                        + " other places or none")
                : List.of());
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "3, 2", "6, 2", "8, 1"})
  void discrete_mixed_eachChannelIsHeardAlike(int channels, int output) throws IOException {
    for (int channel = 0; channel < channels; channel++) {
      float[][] samples = new float[channels][COUNT];
      samples[channel] = TestAudio.tones(RATE, 1, COUNT)[0];
      AudioOptions options =
          AudioOptions.builder(RATE, channels)
              .channelLayout(ChannelLayout.discrete(channels))
              .outputChannels(output)
              .codec("pcm_f32le")
              .build();

      TestAudio.Encoded encoded = encode("wav", options, samples);

      for (double[] mixed : encoded.decoded().channels()) {
        assertThat(loudness(mixed)).isCloseTo(0.5 * Math.sqrt(0.5) / channels, within(1e-4));
      }
      assertThat(encoded.result().notes()).isEmpty();
    }
  }

  @Test
  void outputChannels_placesUnknown_refusedWithTheWayOut() {
    AudioOptions options = AudioOptions.builder(RATE, 3).outputChannels(2).build();

    assertThatThrownBy(() -> encode("wav", options, new float[3][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "audio 0: 3 channels of unknown places cannot be mixed to 2: name them by"
                + " AudioOptions.channelLayout, such as SURROUND_5_1, or ChannelLayout.discrete(3)"
                + " for the mean of all");
  }

  @Test
  void outputChannels_ofLayoutWithLowFrequencies_notesThatTheyAreLeftOut() throws IOException {
    AudioOptions options =
        AudioOptions.of(RATE, ChannelLayout.SURROUND_7_1).toBuilder().outputChannels(2).build();

    assertThat(encode("wav", options, new float[8][10]).result().notes())
        .containsExactly("audio 0: LFE of 7.1 was left out of the mix to stereo");
  }

  @Test
  void channelLayout_encoderWithoutIt_refusedWithItsLayouts() {
    AudioOptions options =
        AudioOptions.of(RATE, ChannelLayout.SURROUND_5_1_SIDE).toBuilder().codec("libopus").build();

    assertThatThrownBy(() -> encode("ogg", options, new float[6][10]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "audio 0: libopus does not support the channel layout 5.1(side); it supports: mono,"
                + " stereo, 3.0, quad, 5.1, 7.1; use AudioOptions.outputChannelLayout to"
                + " mix");
  }

  @ParameterizedTest
  @CsvSource({
    "m4a, aac, 6.1, false",
    "mov, aac, 5.1(side), false",
    "mkv, pcm_s16le, 5.1, false",
    "caf, pcm_s16le, 7.1, false",
    "caf, pcm_s16le, 5.1, false",
    "caf, pcm_s16le, 5.1(side), true",
    "aiff, pcm_s16be, quad, false",
    "tta, tta, 5.0, false",
    "m4a, aac, 5.1, true",
    "wav, pcm_s16le, 7.1(wide), true",
    "caf, pcm_s16le, 6.1, true",
    "mkv, flac, 5.1, true",
    "opus, libopus, 7.1, true"
  })
  void channelLayout_thatTheFileDoesNotState_isNoted(
      String format, String codec, String name, boolean stored) throws IOException {
    ChannelLayout layout = ChannelLayout.named(name);
    AudioOptions options =
        AudioOptions.builder(RATE, layout.count()).channelLayout(layout).codec(codec).build();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      AudioStream stream = encoder.addAudio(options);
      encoder.openFileLike(new ByteArrayOutput(), format);
      stream.addSamples(new float[layout.count()][4800]);
      result = encoder.finish();
    }

    String note = "audio 0: channelLayout " + name + " is not stored: " + codec + " in ";
    assertThat(result.notes().stream().anyMatch(text -> text.startsWith(note))).isEqualTo(!stored);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.0", "6.1"})
  void channelLayout_ofOpusThatFfmpegMixesUp_isRefused(String name) throws IOException {
    ChannelLayout layout = ChannelLayout.named(name);
    try (Encoder encoder = Encoder.create()) {
      encoder.addAudio(AudioOptions.of(RATE, layout));

      assertThatThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), "opus"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("outputChannel");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "m4a, aac, 3, 3.0",
    "flac, flac, 3, 3.0",
    "ogg, libopus, 4, quad",
    "mkv, ac3, 3, 3.0",
    "m4a, aac, 6, 5.1"
  })
  void channels_ofUnknownPlace_noteTheLayoutThatTheEncoderHasToHave(
      String format, String codec, int channels, String layout) throws IOException {
    AudioOptions options = AudioOptions.builder(RATE, channels).codec(codec).build();

    assertThat(encode(format, options, new float[channels][COUNT]).result().notes())
        .containsExactly(
            "audio 0: "
                + channels
                + " channels without a channelLayout were marked as "
                + layout
                + ", since "
                + codec
                + " cannot leave their places open");
  }
}
