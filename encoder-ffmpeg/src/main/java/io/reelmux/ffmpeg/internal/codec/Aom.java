package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** libaom: AV1. */
final class Aom extends EncoderProfile {
  static final String NAME = "libaom-av1";

  private static final String PARAMS = "aom-params";

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in(PARAMS)
          .openingFiles(
              "film-grain-table",
              "vmaf-model-path",
              "second-pass-log",
              "partition-info-path",
              "rate-distribution-info");

  private static final String LAG = "lag-in-frames";
  private static final String USAGE = "usage";
  private static final String SPEED = "cpu-used";
  private static final String GOOD = "good";

  private static final List<Map<String, String>> SPEEDS =
      List.of(speed("realtime", 8), speed(GOOD, 6), speed(GOOD, 4), speed(GOOD, 2), speed(GOOD, 1));

  private Aom() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new Aom());
  }

  @Override
  Set<VideoTag> storedTags() {
    return VideoTag.colors();
  }

  @Override
  public LibraryParameters libraryParameters() {
    return PARAMETERS;
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(PARAMS);
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(50, 40, 32, 23, 15);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  Set<RateControl> rateControls() {
    return EnumSet.allOf(RateControl.class);
  }

  /** FFmpeg only logs that the library refuses one of the noise filter. */
  @Override
  OptionRanges ownRanges() {
    return OptionRanges.NONE.with("arnr-max-frames", 0, 15);
  }

  /** With the usual usage it takes 6 for a higher speed. */
  @Override
  OptionRanges ownRanges(VideoOptions options, int pixelFormat) {
    String usage = options.options().getOrDefault(USAGE, GOOD);
    return Set.of(GOOD, "0").contains(usage) && !options.lowLatency() && options.speed().isEmpty()
        ? ownRanges().with(SPEED, 0, 6)
        : ownRanges();
  }

  @Override
  List<Integer> qpRange() {
    return List.of(0, 63);
  }

  /** With a constant quality its bit rate is an upper limit on average. */
  @Override
  boolean limits(RateControl mode) {
    return mode == RateControl.CONSTANT_QUALITY;
  }

  @Override
  KeyFrameControl keyFrameControl() {
    return KeyFrameControl.EXACT;
  }

  @Override
  boolean hasLowLatency() {
    return true;
  }

  @Override
  List<Map<String, String>> speeds() {
    return SPEEDS;
  }

  /**
   * In one pass its own variable rate starts 20 % above; a constant one over a long buffer holds.
   */
  @Override
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    super.setBitRate(options, context, setter);
    if (!isConstantBitRate(options)) {
      holdMean(context);
    }
    // with lookahead it misses a constant rate as well
    setter.set(LAG, "0");
  }

  @Override
  void setQp(int qp, AVCodecContext context, OptionSetter setter) throws EncoderException {
    context.bit_rate(0);
    context.qmin(qp);
    context.qmax(qp);
    setter.set("crf", Integer.toString(qp));
  }

  @Override
  void setLimit(long rate, long buffer, AVCodecContext context, OptionSetter setter) {
    context.bit_rate(rate);
  }

  /** Key frames at a distance that is neither less nor more. */
  @Override
  void setFixedGop(AVCodecContext context, OptionSetter setter) {
    context.keyint_min(context.gop_size());
  }

  @Override
  void setLowLatency(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    refuseForLatency(options, USAGE, LAG);
    if (options.speed().isEmpty()) {
      setter.set(SPEED, "8");
    }
    setter.set(USAGE, "realtime");
    setter.set(LAG, "0");
  }

  private static Map<String, String> speed(String usage, int value) {
    return Map.of(USAGE, usage, SPEED, Integer.toString(value));
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set("crf", "0");
  }
}
