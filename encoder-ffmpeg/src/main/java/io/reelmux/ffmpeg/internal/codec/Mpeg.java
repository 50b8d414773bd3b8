package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_ME;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.SampleAspectRatio;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** FFmpeg's own encoders around MPEG-4, which share a quantizer scale as their quality. */
final class Mpeg extends EncoderProfile {
  private static final String MPEG1 = "mpeg1video";
  private static final String MPEG2 = "mpeg2video";
  private static final String MPEG4 = "mpeg4";
  private static final String MJPEG = "mjpeg";
  private static final String LJPEG = "ljpeg";

  /** MPEG-4 part 2 counts time in 16 bits; 60000 divides by the usual rates. */
  private static final int MPEG4_TICKS = 60_000;

  /** FFmpeg reduces greater distances of key frames to this. */
  private static final int MAX_GOP = 600;

  /** A scene change never scores as much. */
  private static final String NO_SCENE_CUT = "1000000000";

  private Mpeg(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.of(
            MPEG1,
            MPEG2,
            MPEG4,
            MJPEG,
            LJPEG,
            "flv",
            "h261",
            "h263",
            "h263p",
            "msmpeg4",
            "msmpeg4v2",
            "wmv1",
            "wmv2",
            "rv10",
            "rv20",
            "speedhq")
        .<EncoderProfile>map(Mpeg::new)
        .toList();
  }

  private boolean is(String... encoders) {
    return Set.of(encoders).contains(encoder());
  }

  @Override
  Set<VideoTag> storedTags() {
    return switch (encoder()) {
      case MPEG1 -> EnumSet.of(VideoTag.FRAME_RATE);
      case MPEG2 ->
          EnumSet.of(
              VideoTag.MATRIX,
              VideoTag.PRIMARIES,
              VideoTag.TRANSFER,
              VideoTag.FIELD_ORDER,
              VideoTag.FRAME_RATE);
      case MPEG4 ->
          EnumSet.of(VideoTag.SAMPLE_ASPECT_RATIO, VideoTag.FIELD_ORDER, VideoTag.FRAME_RATE);
      case MJPEG -> EnumSet.of(VideoTag.RANGE, VideoTag.SAMPLE_ASPECT_RATIO);
      case LJPEG -> EnumSet.of(VideoTag.RANGE);
      default -> Set.of();
    };
  }

  /** MPEG-2 knows square pixels and three shapes of the frame. */
  @Override
  public boolean stores(VideoTag tag, VideoOptions options) {
    if (!is(MPEG2) || tag != VideoTag.SAMPLE_ASPECT_RATIO) {
      return super.stores(tag, options);
    }
    SampleAspectRatio ratio = options.sampleAspectRatio().orElse(SampleAspectRatio.of(1, 1));
    long width = (long) options.outputWidth() * ratio.numerator();
    long height = (long) options.outputHeight() * ratio.denominator();
    return ratio.equals(SampleAspectRatio.of(1, 1))
        || width * 3 == height * 4
        || width * 9 == height * 16
        || width * 100 == height * 221;
  }

  /** JPEG has no limited range. */
  @Override
  public void check(VideoOptions options, int pixelFormat) {
    boolean limited =
        options.color().filter(color -> color.range() == ColorSpec.Range.LIMITED).isPresent();
    if (limited && is(MJPEG, LJPEG)) {
      throw new IllegalArgumentException(
          encoder() + " has the full range only: set color(ColorSpec.BT601_FULL)");
    }
  }

  /** JPEG is BT.601 in full range; the MPEG video of a disc or a broadcast has limited range. */
  @Override
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return switch (tag) {
      case MATRIX -> is(MJPEG, LJPEG) && color.matrix() != ColorSpec.Matrix.BT601;
      case RANGE ->
          (is(MJPEG, LJPEG) && color.range() != ColorSpec.Range.FULL)
              || (is(MPEG1, MPEG2) && color.range() != ColorSpec.Range.LIMITED);
      default -> false;
    };
  }

  @Override
  boolean centersChroma() {
    return is(MJPEG, MPEG1);
  }

  @Override
  ColorSpec defaultColor(int pixelFormat, Container container) {
    return is(MJPEG, LJPEG) ? ColorSpec.BT601_FULL : super.defaultColor(pixelFormat, container);
  }

  @Override
  public int interlacedFlags() {
    return is(MPEG2, MPEG4) ? AV_CODEC_FLAG_INTERLACED_DCT | AV_CODEC_FLAG_INTERLACED_ME : 0;
  }

  @Override
  boolean requiresConstantFrameRate() {
    return is(MPEG1, MPEG2);
  }

  @Override
  int ticksPerSecond() {
    return is(MPEG4) ? MPEG4_TICKS : super.ticksPerSecond();
  }

  @Override
  List<Integer> qualityValues() {
    return is(LJPEG) ? List.of() : List.of(12, 8, 4, 3, 2);
  }

  @Override
  boolean hasPoorDefault() {
    return !is(LJPEG);
  }

  @Override
  Set<RateControl> rateControls() {
    return EnumSet.allOf(RateControl.class);
  }

  @Override
  List<Integer> qpRange() {
    return List.of(1, 31);
  }

  /** Their streams have five bits for a quantizer: FFmpeg writes broken ones beyond. */
  @Override
  OptionRanges ownRanges() {
    return is(MJPEG, LJPEG)
        ? OptionRanges.NONE
        : OptionRanges.NONE.with("qmin qmax", qpRange().get(0), qpRange().get(1));
  }

  @Override
  boolean limits(RateControl mode) {
    return mode == RateControl.VARIABLE_BIT_RATE;
  }

  @Override
  int maxGop() {
    return MAX_GOP;
  }

  @Override
  boolean supportsBFrames() {
    return is(MPEG1, MPEG2, MPEG4);
  }

  @Override
  boolean hasOpenGops() {
    return supportsBFrames();
  }

  @Override
  KeyFrameControl keyFrameControl() {
    return KeyFrameControl.EXACT;
  }

  /** MPEG-1 holds a frame even without B-frames. */
  @Override
  boolean hasLowLatency() {
    return !is(MPEG1);
  }

  @Override
  void setQp(int qp, AVCodecContext context, OptionSetter setter) {
    setQuality(qp, context, setter);
  }

  /** By default it may be seconds off for good: 4 Mbit, whatever the rate. */
  @Override
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    super.setBitRate(options, context, setter);
    context.bit_rate_tolerance((int) context.bit_rate());
  }

  /** FFmpeg closes GOPs only without scene detection; without B-frames they are never open. */
  @Override
  void setOpenGop(boolean open, VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    boolean bFrames = options.maxBFrames().orElse(0) > 0 || options.options().containsKey("bf");
    if (!open && bFrames && supportsBFrames()) {
      closeGop(true, context);
      setter.set("sc_threshold", NO_SCENE_CUT);
    }
  }

  @Override
  void setLowLatency(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    super.setLowLatency(options, context, setter);
    if (is(MPEG2)) {
      // by default it holds a frame even without B-frames
      context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
    }
  }

  /** With B-frames it moves the end of a GOP. */
  @Override
  public boolean marksFixedGops() {
    return true;
  }

  @Override
  void setFixedGop(AVCodecContext context, OptionSetter setter) throws EncoderException {
    context.gop_size(MAX_GOP);
    setter.set("sc_threshold", NO_SCENE_CUT);
  }

  @Override
  String qualityAlternatives() {
    return Lossless.QUALITY_ALTERNATIVES;
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    if (!is(LJPEG)) {
      super.setLossless(context, setter);
    }
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) {
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
    context.global_quality(FF_QP2LAMBDA * value);
  }
}
