package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AudioOptionsTest {

  static List<Arguments> refused() {
    return List.of(
        refusal("bitRate 0: must be from 1 to 2147483647", b -> b.bitRate(0)),
        refusal("bitRate 2147483648: must be", b -> b.bitRate(1L << 31)),
        refusal("outputChannels 0: must be from 1 to 64", b -> b.outputChannels(0)),
        refusal("outputChannels 65: must be", b -> b.outputChannels(65)),
        refusal("outputSampleRate 0: must be from 1 to 768000", b -> b.outputSampleRate(0)),
        refusal("outputSampleRate 768001: must be", b -> b.outputSampleRate(768_001)),
        refusal(
            "channelLayout 5.1 has 6 channels: the input has 2",
            b -> b.channelLayout(ChannelLayout.SURROUND_5_1)),
        refusal(
            "timestampTolerance PT10.1S: must be from PT0S to PT10S",
            b -> b.timestampTolerance(Duration.ofMillis(10_100))),
        refusal("maxGap PT-1S: must not be negative", b -> b.maxGap(Duration.ofSeconds(-1))),
        refusal(
            "outputChannels 2: outputChannelLayout mono has 1",
            b -> b.outputChannels(2).outputChannelLayout(ChannelLayout.MONO).build()),
        refusal("codec is empty", b -> b.codec("")),
        refusal("sampleFormat is empty", b -> b.sampleFormat(" ")),
        refusal("language 'xx': must be a three-letter", b -> b.language("xx")),
        refusal("title has a NUL character at index 1", b -> b.title("a\0")),
        refusal("option name is empty", b -> b.option(" ", "1")),
        refusal(
            "option q is set twice, to '1' and to '2'", b -> b.option("q", "1").option("q", "2")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void setter_outOfRange_throwsAtOnce(String message, Consumer<AudioOptions.Builder> setting) {
    AudioOptions.Builder builder = AudioOptions.builder(48_000, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.accept(builder))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, sampleRate 0: must be from 1 to 768000",
    "768001, 2, sampleRate 768001: must be from 1 to 768000",
    "48000, 0, channels 0: must be from 1 to 64",
    "48000, 65, channels 65: must be from 1 to 64"
  })
  void builder_requiredValueOutOfRange_throws(int sampleRate, int channels, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AudioOptions.of(sampleRate, channels))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "768000, 64"})
  void of_rangeBounds_accepts(int sampleRate, int channels) {
    AudioOptions options =
        AudioOptions.builder(sampleRate, channels)
            .outputChannels(channels)
            .outputSampleRate(sampleRate)
            .bitRate(Integer.MAX_VALUE)
            .build();

    assertThat(options.sampleRate()).isEqualTo(sampleRate);
    assertThat(options.outputChannels()).isEqualTo(channels);
  }

  @Test
  void of_requiredValuesOnly_leavesOthersUnset() {
    AudioOptions options = AudioOptions.of(44_100, 6);

    assertThat(options.sampleRate()).isEqualTo(44_100);
    assertThat(options.channels()).isEqualTo(6);
    assertThat(options.outputChannels()).isEqualTo(6);
    assertThat(options.outputSampleRate()).isEmpty();
    assertThat(options.codec()).isEmpty();
    assertThat(options.bitRate()).isEmpty();
    assertThat(options.sampleFormat()).isEmpty();
    assertThat(options.language()).isEmpty();
    assertThat(options.title()).isEmpty();
    assertThat(options.dispositions()).isEmpty();
    assertThat(options.options()).isEmpty();
  }

  @Test
  void toBuilder_everyValue_copiesIt() {
    assertEverything(everything().build().toBuilder().build());
  }

  @Test
  void toBuilder_changed_doesNotAffectTheOriginal() {
    AudioOptions original = everything().build();

    AudioOptions changed =
        original.toBuilder().option("b", "2").unsetOutputChannelLayout().outputChannels(5).build();

    assertEverything(original);
    assertThat(changed.outputChannels()).isEqualTo(5);
    assertThat(changed.options()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
  }

  @Test
  void unset_everyValue_restoresTheDefaults() {
    AudioOptions options =
        everything()
            .unsetChannelLayout()
            .unsetOutputChannels()
            .unsetOutputChannelLayout()
            .unsetOutputSampleRate()
            .unsetSampleFormat()
            .build();

    assertThat(options.channelLayout()).hasValue(ChannelLayout.STEREO);
    assertThat(options.outputChannels()).isEqualTo(2);
    assertThat(options.outputSampleRate()).isEmpty();
    assertThat(options.sampleFormat()).isEmpty();
  }

  @Test
  void builder_reusedAfterBuild_doesNotAffectTheOptions() {
    AudioOptions.Builder builder = everything();
    AudioOptions options = builder.build();

    builder.option("b", "2").disposition(Disposition.DUB).title("other").outputChannels(5);

    assertEverything(options);
  }

  @Test
  void collections_areUnmodifiable() {
    AudioOptions options = everything().build();

    assertThatThrownBy(() -> options.options().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> options.dispositions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static AudioOptions.Builder everything() {
    return AudioOptions.builder(48_000, 2)
        .codec("aac")
        .bitRate(128_000)
        .channelLayout(ChannelLayout.discrete(2))
        .outputChannels(1)
        .outputChannelLayout(ChannelLayout.MONO)
        .gaps(AudioGaps.KEEP)
        .maxGap(Duration.ofDays(1))
        .timestampTolerance(Duration.ofMillis(20))
        .trimOverlaps(true)
        .outputSampleRate(44_100)
        .sampleFormat("fltp")
        .language("DEU")
        .title("a title")
        .disposition(Disposition.ORIGINAL)
        .option("a", "1");
  }

  private static void assertEverything(AudioOptions options) {
    assertThat(options.sampleRate()).isEqualTo(48_000);
    assertThat(options.channels()).isEqualTo(2);
    assertThat(options.codec()).hasValue("aac");
    assertThat(options.bitRate()).hasValue(128_000);
    assertThat(options.channelLayout()).hasValue(ChannelLayout.discrete(2));
    assertThat(options.outputChannels()).isEqualTo(1);
    assertThat(options.outputChannelLayout()).hasValue(ChannelLayout.MONO);
    assertThat(options.gaps()).isEqualTo(AudioGaps.KEEP);
    assertThat(options.maxGap()).isEqualTo(Duration.ofDays(1));
    assertThat(options.timestampTolerance()).isEqualTo(Duration.ofMillis(20));
    assertThat(options.trimOverlaps()).isTrue();
    assertThat(options.outputSampleRate()).hasValue(44_100);
    assertThat(options.sampleFormat()).hasValue("fltp");
    assertThat(options.language()).hasValue("deu");
    assertThat(options.title()).hasValue("a title");
    assertThat(options.dispositions()).containsExactly(Disposition.ORIGINAL);
    assertThat(options.options()).containsExactly(Map.entry("a", "1"));
  }

  private static Arguments refusal(String message, Consumer<AudioOptions.Builder> setting) {
    return Arguments.of(message, setting);
  }
}
