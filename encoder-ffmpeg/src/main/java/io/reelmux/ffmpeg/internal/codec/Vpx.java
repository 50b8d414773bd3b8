package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVA420P;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** libvpx: VP8 and VP9. */
final class Vpx extends EncoderProfile {
  static final String VP8 = "libvpx";
  static final String VP9 = "libvpx-vp9";

  private static final String LOSSLESS_OPTION = "lossless";

  /** More than any frames need, and still in the range of the library's arithmetic. */
  private static final long UNLIMITED_RATE = 1_000_000_000;

  private static final String LAG = "lag-in-frames";
  private static final String DEADLINE = "deadline";
  private static final String SPEED = "cpu-used";
  private static final String GOOD = "good";

  private static final List<Map<String, String>> SPEEDS_VP8 =
      List.of(
          speed("realtime", 16), speed(GOOD, 5), speed(GOOD, 3), speed(GOOD, 1), speed("best", 0));

  private static final List<Map<String, String>> SPEEDS_VP9 =
      List.of(speed("realtime", 8), speed(GOOD, 5), speed(GOOD, 3), speed(GOOD, 1), speed(GOOD, 0));

  private final boolean vp9;

  private Vpx(String encoder) {
    super(encoder);
    this.vp9 = encoder.equals(VP9);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new Vpx(VP8), new Vpx(VP9));
  }

  @Override
  Set<VideoTag> storedTags() {
    return vp9 ? EnumSet.of(VideoTag.MATRIX, VideoTag.RANGE) : Set.of();
  }

  @Override
  public boolean putsAlphaBeside() {
    return true;
  }

  @Override
  boolean showsAlpha() {
    return vp9;
  }

  /** VP8 decoders do not honor the matrix and the range of a container. */
  @Override
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return !vp9
        && switch (tag) {
          case MATRIX -> color.matrix() != ColorSpec.Matrix.BT601;
          case RANGE -> color.range() != ColorSpec.Range.LIMITED;
          default -> false;
        };
  }

  /** FFmpeg requires {@code strict=experimental} for other formats with alpha: few players do. */
  @Override
  boolean isUsual(int pixelFormat) {
    return !PixelFormat.hasAlpha(pixelFormat) || pixelFormat == AV_PIX_FMT_YUVA420P;
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(LOSSLESS_OPTION);
  }

  @Override
  List<Integer> qualityValues() {
    return vp9 ? List.of(50, 40, 32, 23, 15) : List.of(40, 25, 12, 8, 4);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  Set<RateControl> rateControls() {
    return EnumSet.allOf(RateControl.class);
  }

  /** FFmpeg only logs that the library refuses those of the noise filter. */
  @Override
  OptionRanges ownRanges() {
    OptionRanges all = OptionRanges.NONE.with("arnr-maxframes", 0, 15).with("arnr-strength", 0, 6);
    return vp9 ? all : all.with("arnr-type", 1, 3);
  }

  /** With the usual deadline it takes 5 for a higher speed. */
  @Override
  OptionRanges ownRanges(VideoOptions options, int pixelFormat) {
    boolean good =
        !options.lowLatency()
            && options.speed().isEmpty()
            && options.options().getOrDefault(DEADLINE, GOOD).equals(GOOD)
            && options.options().getOrDefault("quality", GOOD).equals(GOOD);
    return good ? ownRanges().with(SPEED + " speed", -5, 5) : ownRanges();
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
  boolean makesParts() {
    return vp9;
  }

  @Override
  boolean hasLowLatency() {
    return true;
  }

  @Override
  List<Map<String, String>> speeds() {
    return vp9 ? SPEEDS_VP9 : SPEEDS_VP8;
  }

  /**
   * VP9's own variable rate stays up to 25 % below; a constant one over a long buffer is as good.
   */
  @Override
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    super.setBitRate(options, context, setter);
    if (vp9 && !isConstantBitRate(options)) {
      holdMean(context);
    }
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
    refuseForLatency(options, DEADLINE, LAG);
    if (options.speed().isEmpty()) {
      setter.set(SPEED, "8");
    }
    setter.set(DEADLINE, "realtime");
    setter.set(LAG, "0");
  }

  private static Map<String, String> speed(String deadline, int value) {
    return Map.of(DEADLINE, deadline, SPEED, Integer.toString(value));
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) throws EncoderException {
    unlimit(context);
    super.setQuality(value, context, setter);
  }

  @Override
  void setCrf(double crf, AVCodecContext context, OptionSetter setter) throws EncoderException {
    unlimit(context);
    super.setCrf(crf, context, setter);
  }

  /** A constant quality of VP8 is bounded by a bit rate, which is 256 kb/s if it is not set. */
  private void unlimit(AVCodecContext context) {
    if (!vp9) {
      context.bit_rate(UNLIMITED_RATE);
    }
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    if (!vp9) {
      super.setLossless(context, setter);
      return;
    }
    setter.set(LOSSLESS_OPTION, "1");
  }
}
