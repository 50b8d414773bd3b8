package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.ColorSpec;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.FrameRate;
import io.reelmux.Quality;
import io.reelmux.RateControl;
import io.reelmux.Speed;
import io.reelmux.VideoOptions;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the driver, setting by setting. */
@RequiresStandin
class OptionMappingStandinTest {

  /** A setting, and entries that the driver's configuration must have. */
  private static Arguments row(
      String name, Consumer<VideoOptions.Builder> setting, String... entries) {
    return Arguments.of(name, setting, entries);
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        row("nothing", o -> {}, "size=320x192", "fps=25/1", "sar=1:1", "depth=8", "lookahead=0"),
        row("gop", o -> o.gop(37), "gop=37", "idr=37"),
        row("gop 1", o -> o.gop(1), "gop=1", "b=0"),
        row("maxBFrames 0", o -> o.maxBFrames(0), "b=0"),
        row("maxBFrames 3", o -> o.maxBFrames(3), "b=3"),
        row("bitRate", o -> o.bitRate(3_000_000), "rc=vbr", "bitrate=3000000", "cq=0.00"),
        row(
            "bitRate and maxBitRate",
            o -> o.bitRate(3_000_000).maxBitRate(4_000_000),
            "rc=vbr",
            "bitrate=3000000",
            "maxrate=4000000",
            "vbv=8000000"),
        row(
            "constant bit rate",
            o -> o.bitRate(3_000_000).rateControl(RateControl.CONSTANT_BIT_RATE),
            "rc=cbr",
            "bitrate=3000000",
            "maxrate=3000000",
            "vbv=3000000"),
        row(
            "variable bit rate",
            o -> o.bitRate(2_000_000).rateControl(RateControl.VARIABLE_BIT_RATE),
            "rc=vbr",
            "bitrate=2000000"),
        row(
            "quality and maxBitRate",
            o -> o.quality(Quality.HIGH).maxBitRate(5_000_000),
            "rc=vbr",
            "bitrate=0",
            "maxrate=5000000",
            "cq=22.00"),
        row("option cq", o -> o.option("cq", "21.5"), "cq=21.50"),
        row("option rc-lookahead", o -> o.option("rc-lookahead", "8"), "lookahead=8"),
        row("tune hq", o -> o.option("tune", "hq"), "tuning=hq"),
        row("tune ll", o -> o.option("tune", "ll"), "tuning=ll"),
        row("tune ull", o -> o.option("tune", "ull"), "tuning=ull"),
        row("zerolatency", o -> o.option("zerolatency", "1"), "zero_delay=1"),
        row("spatial aq", o -> o.option("spatial-aq", "1"), "aq=1"),
        row(
            "constant QP",
            o -> o.option("rc", "constqp").option("qp", "30"),
            "rc=constqp",
            "qp=30/39/24"),
        row("qp", o -> o.qp(30), "rc=constqp", "qp=30/30/30"),
        row(
            "bufferSize",
            o ->
                o.bitRate(3_000_000)
                    .rateControl(RateControl.CONSTANT_BIT_RATE)
                    .bufferSize(1_500_000),
            "rc=cbr",
            "vbv=1500000"),
        row("lowLatency", o -> o.lowLatency(true), "tuning=ull", "zero_delay=1", "b=0"),
        row("keyInterval", o -> o.keyInterval(Duration.ofSeconds(2)), "gop=50", "idr=50"),
        row("speed FASTEST", o -> o.speed(Speed.FASTEST), "preset=p1"),
        row("speed MEDIUM", o -> o.speed(Speed.MEDIUM), "preset=p4"),
        row("speed SLOWEST", o -> o.speed(Speed.SLOWEST), "preset=p7"),
        row("gop 2", o -> o.gop(2), "gop=2", "b=0"),
        row("gop 5", o -> o.gop(5), "gop=5", "b=0"),
        row("gop 6", o -> o.gop(6), "gop=6", "b=2"),
        row("gop 4 and maxBFrames 2", o -> o.gop(4).maxBFrames(2), "gop=4", "b=2"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void open_setting_reachesTheDriver(
      String name, Consumer<VideoOptions.Builder> setting, String[] entries, Standin standin)
      throws IOException {
    VideoOptions.Builder options = options("hevc");
    setting.accept(options);

    Map<String, String> config = open(options, standin);

    for (String entry : entries) {
      String[] pair = entry.split("=", 2);
      assertThat(config).containsEntry(pair[0], pair[1]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h264, LOWEST, 36",
    "h264, LOW, 31",
    "h264, MEDIUM, 26",
    "h264, HIGH, 22",
    "h264, HIGHEST, 18",
    "hevc, LOWEST, 36",
    "hevc, MEDIUM, 26",
    "hevc, HIGHEST, 18",
    "av1, LOWEST, 48",
    "av1, LOW, 40",
    "av1, MEDIUM, 33",
    "av1, HIGH, 27",
    "av1, HIGHEST, 22"
  })
  void quality_isConstantQualityWithoutBitRate(
      String codec, Quality quality, int cq, Standin standin) throws IOException {
    Map<String, String> config = open(options(codec).quality(quality), standin);

    assertThat(config)
        .containsEntry("codec", codec)
        .containsEntry("rc", "vbr")
        .containsEntry("bitrate", "0")
        .containsEntry("cq", cq + ".00");
  }

  /** FFmpeg's own default is a fixed bit rate for all sizes. */
  @ParameterizedTest
  @CsvSource({"h264, 26", "hevc, 26", "av1, 33"})
  void open_nothingSet_isMediumQuality(String codec, int cq, Standin standin) throws IOException {
    assertThat(open(options(codec), standin))
        .containsEntry("rc", "vbr")
        .containsEntry("bitrate", "0")
        .containsEntry("cq", cq + ".00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264", "hevc"})
  void lossless_isLosslessTuningAtQpZero(String codec, Standin standin) throws IOException {
    assertThat(open(options(codec).quality(Quality.LOSSLESS), standin))
        .containsEntry("tuning", "lossless")
        .containsEntry("rc", "constqp")
        .containsEntry("qp", "0/0/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p1", "p2", "p3", "p4", "p5", "p6", "p7"})
  void preset_reachesTheDriver(String preset, Standin standin) throws IOException {
    for (String codec : new String[] {"h264", "hevc", "av1"}) {
      assertThat(open(options(codec).preset(preset), standin)).containsEntry("preset", preset);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h264, baseline",
    "h264, main",
    "h264, high",
    "hevc, main",
    "hevc, main10",
    "av1, main"
  })
  void profile_reachesTheDriver(String codec, String profile, Standin standin) throws IOException {
    Map<String, String> config = open(options(codec).profile(profile).maxBFrames(0), standin);

    assertThat(config)
        .containsEntry("profile", profile)
        .containsEntry("depth", profile.equals("main10") ? "10" : "8");
  }

  /** Numbers of H.273: primaries, transfer, matrix. */
  @ParameterizedTest
  @CsvSource({
    "BT709_LIMITED, 1/1/1, limited, 8",
    "BT709_FULL, 1/1/1, full, 8",
    "BT601_LIMITED, 6/6/6, limited, 8",
    "BT601_FULL, 6/6/6, full, 8",
    "BT2020_LIMITED, 9/14/9, limited, 10",
    "BT2020_PQ, 9/16/9, limited, 10",
    "BT2020_HLG, 9/18/9, limited, 10"
  })
  void color_reachesTheDriver(
      String name, String colors, String range, String depth, Standin standin)
      throws ReflectiveOperationException, IOException {
    ColorSpec color = (ColorSpec) ColorSpec.class.getField(name).get(null);
    for (String codec : new String[] {"hevc", "av1", "h264"}) {
      assertThat(open(options(codec).color(color), standin))
          .containsEntry("color", colors)
          .containsEntry("range", range)
          .containsEntry("depth", codec.equals("h264") ? "8" : depth);
    }
  }

  @Test
  void noColor_isBt709Limited(Standin standin) throws IOException {
    assertThat(open(options("h264"), standin))
        .containsEntry("color", "1/1/1")
        .containsEntry("range", "limited");
  }

  @ParameterizedTest
  @CsvSource({"29.97, 30000/1001", "23.976, 24000/1001", "60, 60/1", "12.5, 25/2"})
  void frameRate_isExact(double rate, String fps, Standin standin) throws IOException {
    assertThat(open(VideoOptions.builder(320, 192, rate).device(Device.cuda(0)), standin))
        .containsEntry("fps", fps);
    assertThat(
            open(
                VideoOptions.builder(320, 192, FrameRate.of(rate))
                    .device(Device.cuda(0))
                    .variableFrameRate(true),
                standin))
        .containsEntry("fps", fps);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        row("crf", o -> o.crf(23), "h264_nvenc has no crf: set quality, option(\"cq\", \"23\")"),
        row(
            "constant QP below the floor",
            o -> o.option("rc", "constqp").option("qp", "14"),
            "option 'qp' of encoder h264_nvenc is 14: below 15"),
        row(
            "constant QP of one frame type below the floor",
            o -> o.option("rc", "constqp").option("init_qpI", "3"),
            "option 'init_qpI' of encoder h264_nvenc is 3: below 15"),
        row(
            "gop no longer than B-frames and one",
            o -> o.gop(3).maxBFrames(2),
            "gop 3 with maxBFrames 2: h264_nvenc requires a gop of at least 4 for that"),
        row(
            "key frames only and B-frames",
            o -> o.gop(1).maxBFrames(1),
            "gop 1 with maxBFrames 1: h264_nvenc requires a gop of at least 3 for that"),
        row(
            "gpu",
            o -> o.option("gpu", "1"),
            "option 'gpu' of encoder h264_nvenc must not be set: use VideoOptions.device"),
        row("preset 3", o -> o.preset("3"), "preset '3': h264_nvenc has p1 (fast) to p7 (good)"),
        row("preset of x264", o -> o.preset("veryfast"), "unknown preset 'veryfast'"),
        row(
            "part of a video",
            o -> o.partFrom(0),
            "partFrom: it is not known that parts of h264_nvenc can be joined"),
        row(
            "quality and cq",
            o -> o.quality(Quality.HIGH).option("cq", "20"),
            "option 'cq' and VideoOptions.quality say the same thing"),
        row(
            "rateControl and rc",
            o ->
                o.bitRate(1_000_000).rateControl(RateControl.CONSTANT_BIT_RATE).option("rc", "vbr"),
            "option 'rc' and VideoOptions.rateControl say the same thing"),
        row("unknown option", o -> o.option("lookahed", "3"), "lookahed"),
        row("tune of x264", o -> o.option("tune", "film"), "tune"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void open_invalidSetting_throws(
      String name, Consumer<VideoOptions.Builder> setting, String[] expected, Standin standin)
      throws IOException {
    VideoOptions.Builder options = options("h264");
    setting.accept(options);
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options.build());

      assertThatThrownBy(() -> encoder.openFileLike(out, "mp4"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(expected[0]);
    }

    assertThat(out.toByteArray()).isEmpty();
    assertThat(standin.configurations()).isEmpty();
  }

  @Test
  void losslessAv1_throws() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options("av1").quality(Quality.LOSSLESS).build());

      assertThatThrownBy(() -> encoder.openPackets(packet -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("av1_nvenc cannot encode losslessly");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nv12", "yuv420p", "cuda"})
  void pixelFormat_throws(String format) {
    assertThatThrownBy(() -> options("h264").pixelFormat(format).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pixelFormat '%s' must be unset on cuda:0", format);
  }

  private static VideoOptions.Builder options(String codec) {
    return VideoOptions.builder(320, 192, 25).device(Device.cuda(0)).codec(codec);
  }

  /** The configuration that the driver gets when a stream is opened. */
  private static Map<String, String> open(VideoOptions.Builder options, Standin standin)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(options.build());
      encoder.openPackets(packet -> {});
      encoder.cancel();
    }
    return standin.configurations().get(standin.configurations().size() - 1);
  }
}
