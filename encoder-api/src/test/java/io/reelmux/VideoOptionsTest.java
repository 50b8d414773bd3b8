package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VideoOptionsTest {

  static List<Arguments> accepted() {
    return List.of(
        setting("crf min", b -> b.crf(-1e9)),
        setting("bitRate min", b -> b.bitRate(1)),
        setting("bitRate max", b -> b.bitRate(Integer.MAX_VALUE)),
        setting("maxBitRate min", b -> b.maxBitRate(1)),
        setting("maxBitRate max", b -> b.maxBitRate(Integer.MAX_VALUE / 2)),
        setting("gop min", b -> b.gop(1)),
        setting("gop max", b -> b.gop(1_000_000)),
        setting("maxBFrames min", b -> b.maxBFrames(0)),
        setting("maxBFrames max", b -> b.maxBFrames(16)),
        setting("threads min", b -> b.threads(1)),
        setting("threads max", b -> b.threads(64)),
        setting("outputSize min", b -> b.outputSize(1, 1).fit(Fit.STRETCH)),
        setting("outputSize widest", b -> b.outputSize(32_767, 8192).fit(Fit.CONTAIN)),
        setting("background max", b -> b.background(0xFFFFFF).alpha(AlphaMode.FLATTEN)),
        setting("background of borders", b -> b.background(0xFFFFFF).fit(Fit.CONTAIN)),
        setting("rotation", b -> b.rotation(0).rotation(90).rotation(180).rotation(270)),
        setting("language", b -> b.language("ENG")),
        setting("same option again", b -> b.option("tune", "film").option("tune", "film")),
        setting("empty option value", b -> b.option("x264-params", "")),
        setting("empty title", b -> b.title("")),
        setting("equal rates", b -> b.bitRate(5).maxBitRate(5)),
        setting("qp", b -> b.qp(30).rateControl(RateControl.CONSTANT_QP)),
        setting("limited crf", b -> b.crf(20).maxBitRate(5).bufferSize(9)),
        setting(
            "buffer of a constant bit rate",
            b -> b.rateControl(RateControl.CONSTANT_BIT_RATE).bitRate(5).bufferSize(9)),
        setting("lowLatency", b -> b.lowLatency(true).maxBFrames(0)),
        setting("vbr", b -> b.bitRate(5).rateControl(RateControl.VARIABLE_BIT_RATE)),
        setting("cbr", b -> b.bitRate(5).rateControl(RateControl.CONSTANT_BIT_RATE)),
        setting("crf", b -> b.crf(18).rateControl(RateControl.CONSTANT_QUALITY)),
        setting("cuda", b -> b.device(Device.cuda())),
        setting("capped crf", b -> b.crf(18).maxBitRate(5)));
  }

  static List<Arguments> refused() {
    return List.of(
        refusal("crf NaN: must be a finite number", b -> b.crf(Double.NaN)),
        refusal("crf Infinity: must be a finite number", b -> b.crf(Double.POSITIVE_INFINITY)),
        refusal("bitRate 0: must be from 1 to 2147483647", b -> b.bitRate(0)),
        refusal("bitRate 2147483648: must be from 1 to 2147483647", b -> b.bitRate(1L << 31)),
        refusal("maxBitRate 0: must be from 1 to 1073741823", b -> b.maxBitRate(0)),
        refusal("maxBitRate 1073741824: must be", b -> b.maxBitRate(1 << 30)),
        refusal("qp -1: must be from 0 to 255", b -> b.qp(-1)),
        refusal("qp 256: must be", b -> b.qp(256)),
        refusal("bufferSize 0: must be from 1 to 2147483647", b -> b.bufferSize(0)),
        refusal(
            "keyInterval PT0S: must be from 1 ms to 24 hours", b -> b.keyInterval(Duration.ZERO)),
        refusal("keyInterval PT24H1S: must", b -> b.keyInterval(Duration.ofSeconds(86_401))),
        refusal("gop 0: must be from 1 to 1000000", b -> b.gop(0)),
        refusal("gop 1000001: must be", b -> b.gop(1_000_001)),
        refusal("maxBFrames -1: must be from 0 to 16", b -> b.maxBFrames(-1)),
        refusal("maxBFrames 17: must be", b -> b.maxBFrames(17)),
        refusal("threads 0: must be from 1 to 64", b -> b.threads(0)),
        refusal("threads 65: must be", b -> b.threads(65)),
        refusal("output width 0: must be from 1 to 32767", b -> b.outputSize(0, 1)),
        refusal("output height 32768: must be", b -> b.outputSize(1, 32_768)),
        refusal(
            "output size 32767x32767: at most 268435456 pixels", b -> b.outputSize(32_767, 32_767)),
        refusal("background -1: must be from 0 to 16777215", b -> b.background(-1)),
        refusal("background 16777216: must be", b -> b.background(1 << 24)),
        refusal("rotation 45: must be 0, 90, 180 or 270 degrees", b -> b.rotation(45)),
        refusal("rotation -90: must be", b -> b.rotation(-90)),
        refusal("rotation 360: must be", b -> b.rotation(360)),
        refusal("language 'english': must be a three-letter", b -> b.language("english")),
        refusal("language 'e1g': must be", b -> b.language("e1g")),
        refusal("codec is empty", b -> b.codec("")),
        refusal("preset is empty", b -> b.preset(" ")),
        refusal("profile has a NUL character at index 1", b -> b.profile("a\0")),
        refusal("pixelFormat is empty", b -> b.pixelFormat("\t")),
        refusal("title has a NUL character at index 0", b -> b.title("\0")),
        refusal("title has 65537 characters: at most 65536", b -> b.title("x".repeat(65_537))),
        refusal("option name is empty", b -> b.option("", "1")),
        refusal("value of option tune has a NUL", b -> b.option("tune", "\0")),
        refusal(
            "option tune is set twice, to 'film' and to 'grain'",
            b -> b.option("tune", "film").option("tune", "grain")));
  }

  static List<Arguments> contradictions() {
    return List.of(
        refusal(
            "crf and quality both set the quality: set only one of them",
            b -> b.crf(18).quality(Quality.HIGH)),
        refusal(
            "background 0x0000FF is behind nothing: set alpha(AlphaMode.FLATTEN) or"
                + " fit(Fit.CONTAIN)",
            b -> b.background(0xFF)),
        refusal(
            "outputSize 8x4 has another aspect ratio than the frames' 2x2: set fit(Fit.CONTAIN) for"
                + " borders, fit(Fit.COVER) to cut off what is beyond, or fit(Fit.STRETCH) to"
                + " distort",
            b -> b.outputSize(8, 4)),
        refusal("bitRate contradicts crf: set only one of them", b -> b.crf(18).bitRate(5)),
        refusal(
            "bitRate contradicts quality: set only one of them",
            b -> b.quality(Quality.HIGH).bitRate(5)),
        refusal(
            "rateControl CONSTANT_QUALITY contradicts bitRate 5",
            b -> b.rateControl(RateControl.CONSTANT_QUALITY).bitRate(5)),
        refusal(
            "rateControl VARIABLE_BIT_RATE needs bitRate",
            b -> b.rateControl(RateControl.VARIABLE_BIT_RATE)),
        refusal(
            "rateControl CONSTANT_BIT_RATE needs bitRate instead of crf or quality",
            b -> b.rateControl(RateControl.CONSTANT_BIT_RATE).crf(18)),
        refusal("maxBitRate 4 is below bitRate 5", b -> b.bitRate(5).maxBitRate(4)),
        refusal("qp contradicts crf: set only one of them", b -> b.crf(18).qp(20)),
        refusal("qp contradicts quality: set only one of them", b -> b.quality(Quality.LOW).qp(20)),
        refusal("bitRate contradicts qp: set only one of them", b -> b.bitRate(5).qp(20)),
        refusal(
            "rateControl CONSTANT_QP needs qp instead of crf",
            b -> b.rateControl(RateControl.CONSTANT_QP).crf(18)),
        refusal(
            "rateControl CONSTANT_QUALITY contradicts qp 20: set crf or quality",
            b -> b.rateControl(RateControl.CONSTANT_QUALITY).qp(20)),
        refusal(
            "rateControl VARIABLE_BIT_RATE needs bitRate instead of qp",
            b -> b.rateControl(RateControl.VARIABLE_BIT_RATE).qp(20)),
        refusal(
            "rateControl CONSTANT_QP contradicts bitRate 5",
            b -> b.rateControl(RateControl.CONSTANT_QP).bitRate(5)),
        refusal(
            "maxBitRate 6 contradicts the constant bitRate 5: use rateControl VARIABLE_BIT_RATE",
            b -> b.rateControl(RateControl.CONSTANT_BIT_RATE).bitRate(5).maxBitRate(6)),
        refusal("maxBitRate 6 contradicts qp, which has no limit", b -> b.qp(20).maxBitRate(6)),
        refusal(
            "maxBitRate 6 contradicts Quality.LOSSLESS, which has no limit",
            b -> b.quality(Quality.LOSSLESS).maxBitRate(6)),
        refusal(
            "bufferSize 9 needs a rate that fills the buffer: set maxBitRate, or rateControl"
                + " CONSTANT_BIT_RATE",
            b -> b.bufferSize(9)),
        refusal(
            "bufferSize 9 needs a rate that fills the buffer: set maxBitRate, or rateControl"
                + " CONSTANT_BIT_RATE",
            b -> b.bitRate(5).bufferSize(9)),
        refusal(
            "gop and keyInterval both set the distance of key frames: set only one of them",
            b -> b.gop(5).keyInterval(Duration.ofSeconds(1))),
        refusal(
            "preset and speed both set the speed: set only one of them",
            b -> b.preset("fast").speed(Speed.FAST)),
        refusal(
            "maxBFrames 1 contradicts lowLatency: a B-frame waits for the frame after it",
            b -> b.lowLatency(true).maxBFrames(1)),
        refusal(
            "pixelFormat 'yuv444p' must be unset on cuda:1",
            b -> b.pixelFormat("yuv444p").device(Device.cuda(1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accepted")
  void build_withinTheRange_succeeds(String name, Consumer<VideoOptions.Builder> setting) {
    VideoOptions.Builder builder = VideoOptions.builder(2, 2, 30);
    setting.accept(builder);

    assertThatCode(builder::build).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void setter_outOfRange_throwsAtOnce(String message, Consumer<VideoOptions.Builder> setting) {
    VideoOptions.Builder builder = VideoOptions.builder(2, 2, 30);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.accept(builder))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contradictions")
  void build_contradiction_throws(String message, Consumer<VideoOptions.Builder> settings) {
    VideoOptions.Builder builder = VideoOptions.builder(2, 2, 30);
    settings.accept(builder);

    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }

  @Test
  void builder_requiredValueOutOfRange_throws() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoOptions.of(0, 2, 30))
        .withMessage("width 0: must be from 1 to 32767");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoOptions.of(2, 32_768, 30))
        .withMessage("height 32768: must be from 1 to 32767");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoOptions.of(32_767, 8193, 30))
        .withMessage("size 32767x8193: at most 268435456 pixels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VideoOptions.of(2, 2, Double.NaN))
        .withMessageContaining("frame rate NaN");
  }

  @Test
  void nulls_areNamed() {
    VideoOptions.Builder builder = VideoOptions.builder(2, 2, 30);

    assertThatThrownBy(() -> VideoOptions.builder(2, 2, (FrameRate) Nulls.of()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("frameRate");
    assertThatThrownBy(() -> builder.frameRate(Nulls.of())).hasMessage("frameRate");
    assertThatThrownBy(() -> builder.codec(Nulls.of())).hasMessage("codec");
    assertThatThrownBy(() -> builder.device(Nulls.of())).hasMessage("device");
    assertThatThrownBy(() -> builder.quality(Nulls.of())).hasMessage("quality");
    assertThatThrownBy(() -> builder.color(Nulls.of())).hasMessage("color");
    assertThatThrownBy(() -> builder.option("a", Nulls.of())).hasMessage("value of option a");
    assertThatThrownBy(() -> builder.option(Nulls.of(), "a")).hasMessage("option name");
  }

  @Test
  void of_requiredValuesOnly_leavesOthersUnset() {
    VideoOptions options = VideoOptions.of(640, 480, 29.97);

    assertThat(options.width()).isEqualTo(640);
    assertThat(options.height()).isEqualTo(480);
    assertThat(options.outputWidth()).isEqualTo(640);
    assertThat(options.outputHeight()).isEqualTo(480);
    assertThat(options.frameRate()).isEqualTo(new FrameRate(30_000, 1001));
    assertThat(options.device()).isEqualTo(Device.cpu());
    assertThat(options.alpha()).isEmpty();
    assertThat(options.fit()).isEqualTo(Fit.DENY);
    assertThat(options.background()).isZero();
    assertThat(options.rotation()).isZero();
    assertThat(options.variableFrameRate()).isFalse();
    assertThat(options.codec()).isEmpty();
    assertThat(options.pixelFormat()).isEmpty();
    assertThat(options.crf()).isEmpty();
    assertThat(options.quality()).isEmpty();
    assertThat(options.bitRate()).isEmpty();
    assertThat(options.maxBitRate()).isEmpty();
    assertThat(options.rateControl()).isEmpty();
    assertThat(options.preset()).isEmpty();
    assertThat(options.gop()).isEmpty();
    assertThat(options.maxBFrames()).isEmpty();
    assertThat(options.profile()).isEmpty();
    assertThat(options.threads()).isEmpty();
    assertThat(options.color()).isEmpty();
    assertThat(options.language()).isEmpty();
    assertThat(options.title()).isEmpty();
    assertThat(options.dispositions()).isEmpty();
    assertThat(options.options()).isEmpty();
  }

  @Test
  void toBuilder_everyValue_copiesIt() {
    VideoOptions copy = everything().build().toBuilder().build();

    assertEverything(copy);
  }

  @Test
  void toBuilder_changed_doesNotAffectTheOriginal() {
    VideoOptions original = everything().build();

    VideoOptions changed =
        original.toBuilder().gop(7).option("b", "2").disposition(Disposition.DUB).build();

    assertEverything(original);
    assertThat(changed.gop()).hasValue(7);
    assertThat(changed.options()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    assertThat(changed.dispositions())
        .containsExactlyInAnyOrder(Disposition.FORCED, Disposition.DUB);
  }

  @Test
  void unset_everyValue_restoresTheDefaults() {
    VideoOptions options =
        everything()
            .device(Device.cpu())
            .unsetCodec()
            .unsetPixelFormat()
            .unsetCrf()
            .unsetQuality()
            .unsetBitRate()
            .unsetMaxBitRate()
            .unsetBufferSize()
            .unsetRateControl()
            .unsetPreset()
            .unsetGop()
            .unsetMaxBFrames()
            .unsetProfile()
            .unsetThreads()
            .unsetOutputSize()
            .unsetColor()
            .unsetLanguage()
            .unsetTitle()
            .clearDispositions()
            .clearOptions()
            .build();

    assertThat(options.codec()).isEmpty();
    assertThat(options.pixelFormat()).isEmpty();
    assertThat(options.crf()).isEmpty();
    assertThat(options.quality()).isEmpty();
    assertThat(options.bitRate()).isEmpty();
    assertThat(options.maxBitRate()).isEmpty();
    assertThat(options.rateControl()).isEmpty();
    assertThat(options.preset()).isEmpty();
    assertThat(options.gop()).isEmpty();
    assertThat(options.maxBFrames()).isEmpty();
    assertThat(options.profile()).isEmpty();
    assertThat(options.threads()).isEmpty();
    assertThat(options.outputWidth()).isEqualTo(options.width());
    assertThat(options.outputHeight()).isEqualTo(options.height());
    assertThat(options.color()).isEmpty();
    assertThat(options.language()).isEmpty();
    assertThat(options.title()).isEmpty();
    assertThat(options.dispositions()).isEmpty();
    assertThat(options.options()).isEmpty();
    assertThat(options.rotation()).isEqualTo(everything().build().rotation());
  }

  @Test
  void builder_reusedAfterBuild_doesNotAffectTheOptions() {
    VideoOptions.Builder builder = everything();
    VideoOptions options = builder.build();

    builder.gop(7).option("b", "2").disposition(Disposition.DUB).title("other");

    assertEverything(options);
  }

  @Test
  void collections_areUnmodifiable() {
    VideoOptions options = everything().build();

    assertThatThrownBy(() -> options.options().put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> options.dispositions().add(Disposition.DUB))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void options_keepTheirOrder() {
    VideoOptions options =
        VideoOptions.builder(2, 2, 30).option("z", "1").option("a", "2").option("m", "3").build();

    assertThat(options.options().keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void rateSettings_areKeptAndUnset() {
    VideoOptions.Builder set =
        VideoOptions.builder(4, 6, 25)
            .qp(30)
            .speed(Speed.SLOW)
            .keyInterval(Duration.ofSeconds(2))
            .lowLatency(true);

    VideoOptions kept = set.build().toBuilder().build();
    VideoOptions unset = set.unsetQp().unsetSpeed().unsetKeyInterval().lowLatency(false).build();

    assertThat(kept.qp()).hasValue(30);
    assertThat(kept.speed()).hasValue(Speed.SLOW);
    assertThat(kept.keyInterval()).hasValue(Duration.ofSeconds(2));
    assertThat(kept.lowLatency()).isTrue();
    assertThat(unset.qp()).isEmpty();
    assertThat(unset.speed()).isEmpty();
    assertThat(unset.keyInterval()).isEmpty();
    assertThat(unset.lowLatency()).isFalse();
    assertThat(unset.bufferSize()).isEmpty();
    assertThat(unset.openGop()).isFalse();
  }

  private static VideoOptions.Builder everything() {
    return VideoOptions.builder(4, 6, FrameRate.of(25))
        .codec("libx264")
        .pixelFormat("yuv444p")
        .bitRate(1000)
        .maxBitRate(2000)
        .bufferSize(4000)
        .openGop(true)
        .rateControl(RateControl.VARIABLE_BIT_RATE)
        .preset("fast")
        .gop(12)
        .maxBFrames(2)
        .profile("high")
        .threads(3)
        .outputSize(8, 10)
        .fit(Fit.COVER)
        .color(ColorSpec.BT601_FULL)
        .alpha(AlphaMode.FLATTEN)
        .background(0x123456)
        .rotation(90)
        .variableFrameRate(true)
        .fallbackToCpu(true)
        .language("Jpn")
        .title("a title")
        .disposition(Disposition.FORCED)
        .option("a", "1");
  }

  private static void assertEverything(VideoOptions options) {
    assertThat(options.width()).isEqualTo(4);
    assertThat(options.height()).isEqualTo(6);
    assertThat(options.frameRate()).isEqualTo(FrameRate.of(25));
    assertThat(options.codec()).hasValue("libx264");
    assertThat(options.pixelFormat()).hasValue("yuv444p");
    assertThat(options.bitRate()).hasValue(1000);
    assertThat(options.maxBitRate()).hasValue(2000);
    assertThat(options.bufferSize()).hasValue(4000);
    assertThat(options.openGop()).isTrue();
    assertThat(options.rateControl()).hasValue(RateControl.VARIABLE_BIT_RATE);
    assertThat(options.preset()).hasValue("fast");
    assertThat(options.gop()).hasValue(12);
    assertThat(options.maxBFrames()).hasValue(2);
    assertThat(options.profile()).hasValue("high");
    assertThat(options.threads()).hasValue(3);
    assertThat(options.outputWidth()).isEqualTo(8);
    assertThat(options.outputHeight()).isEqualTo(10);
    assertThat(options.fit()).isEqualTo(Fit.COVER);
    assertThat(options.color()).hasValue(ColorSpec.BT601_FULL);
    assertThat(options.alpha()).contains(AlphaMode.FLATTEN);
    assertThat(options.background()).isEqualTo(0x123456);
    assertThat(options.rotation()).isEqualTo(90);
    assertThat(options.variableFrameRate()).isTrue();
    assertThat(options.fallbackToCpu()).isTrue();
    assertThat(options.language()).hasValue("jpn");
    assertThat(options.title()).hasValue("a title");
    assertThat(options.dispositions()).containsExactly(Disposition.FORCED);
    assertThat(options.options()).containsExactly(Map.entry("a", "1"));
  }

  private static Arguments setting(String name, Consumer<VideoOptions.Builder> setting) {
    return Arguments.of(name, setting);
  }

  private static Arguments refusal(String message, Consumer<VideoOptions.Builder> setting) {
    return Arguments.of(message, setting);
  }

  @Test
  void preferredBitDepth_besideWhatTakesItsPlace_isAccepted() {
    VideoOptions.Builder builder =
        VideoOptions.builder(64, 48, 25).preferredBitDepth(10).pixelFormat("yuv420p");

    assertThat(builder.build().preferredBitDepth()).hasValue(10);
    assertThat(builder.unsetPreferredBitDepth().build().preferredBitDepth()).isEmpty();
    assertThatThrownBy(() -> builder.preferredBitDepth(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("preferredBitDepth 9: must be 8, 10, 12 or 16");
  }

  @Test
  void build_bitDepthAndPixelFormat_refuses() {
    VideoOptions.Builder builder =
        VideoOptions.builder(64, 48, 25).bitDepth(10).pixelFormat("yuv420p");

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bitDepth 10 contradicts pixelFormat 'yuv420p': set only one");
  }

  @Test
  void timecode_isKeptAndChecked() {
    VideoOptions.Builder builder = VideoOptions.builder(64, 48, 25).timecode("01:00:00:24");

    assertThat(builder.build().toBuilder().build().timecode()).hasToString("Optional[01:00:00:24]");
    assertThat(builder.build().toBuilder().unsetTimecode().build().timecode()).isEmpty();
    assertThatThrownBy(() -> builder.frameRate(FrameRate.of(24)).build())
        .hasMessageContaining("the frames of a second are 00 to 23");
    assertThatThrownBy(() -> builder.frameRate(FrameRate.of(25)).variableFrameRate(true).build())
        .hasMessageContaining("requires a constant frame rate");
    assertThatThrownBy(() -> builder.metadata("Timecode", "01:00:00:00"))
        .hasMessage("metadata Timecode: set it with VideoOptions.Builder.timecode(String)");
  }

  @Test
  void sampleAspectRatio_isReduced() {
    VideoOptions options = VideoOptions.builder(64, 48, 25).sampleAspectRatio(32, 22).build();

    assertThat(options.sampleAspectRatio()).contains(SampleAspectRatio.of(16, 11));
    assertThat(options.toBuilder().build().sampleAspectRatio()).hasToString("Optional[16:11]");
  }

  @Test
  void frameRate_ofABuilder_replacesTheOneItWasMadeWith() {
    VideoOptions options =
        VideoOptions.builder(2, 2, 25).frameRate(new FrameRate(30_000, 1001)).build();

    assertThat(options.frameRate()).isEqualTo(new FrameRate(30_000, 1001));
  }

  @Test
  void hdr_outOfRange_refuses() {
    assertThatThrownBy(() -> HdrMetadata.bt2020(6, 1000))
        .hasMessage("minLuminance 6.0: must be from 0.0 to 5.0");
    assertThatThrownBy(() -> HdrMetadata.bt2020(1, 0.5))
        .hasMessage("minLuminance 1.0 is not below maxLuminance 0.5");
    assertThatThrownBy(() -> HdrMetadata.bt2020(0, 1000).withContentLight(70_000, 1))
        .hasMessage("maxContentLightLevel 70000: must be from 0 to 65535");
    assertThatThrownBy(() -> new HdrMetadata.Chromaticity(0.8, 0.1))
        .hasMessage("x 0.8: must be from 0.0 to 0.74");
  }
}
