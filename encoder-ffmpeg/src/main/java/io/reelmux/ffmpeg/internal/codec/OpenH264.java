package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** Cisco's OpenH264, which has a constant QP instead of a crf. */
final class OpenH264 extends EncoderProfile {
  static final String NAME = "libopenh264";

  private static final String RATE_MODE = "rc_mode";

  private static final int MAX_QP = 51;

  /** A constant QP this much above x264's crf looks about the same. */
  private static final int QP_OVER_CRF = 3;

  /** By default it writes one key frame per file. */
  private static final int DEFAULT_GOP = 250;

  private OpenH264() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new OpenH264());
  }

  /** Below 16 it fails at the first frame. */
  @Override
  int minWidth() {
    return 16;
  }

  @Override
  int minHeight() {
    return 16;
  }

  @Override
  Set<RateControl> rateControls() {
    return EnumSet.allOf(RateControl.class);
  }

  /** It has no quantizer below 1. */
  @Override
  List<Integer> qpRange() {
    return List.of(1, MAX_QP);
  }

  /** It always adds key frames where the scene changes. */
  @Override
  KeyFrameControl keyFrameControl() {
    return KeyFrameControl.FORCED;
  }

  /** The distance to the last key frame, which it counts, changes with those that it adds. */
  @Override
  public boolean marksFixedGops() {
    return true;
  }

  @Override
  boolean makesParts() {
    return true;
  }

  @Override
  boolean hasLowLatency() {
    return true;
  }

  /** FFmpeg's libopenh264enc.c clips both. */
  @Override
  OptionRanges ownRanges() {
    return OptionRanges.NONE.with("qmin qmax", 1, MAX_QP);
  }

  @Override
  Set<VideoTag> storedTags() {
    return EnumSet.of(
        VideoTag.MATRIX,
        VideoTag.RANGE,
        VideoTag.PRIMARIES,
        VideoTag.TRANSFER,
        VideoTag.SAMPLE_ASPECT_RATIO);
  }

  @Override
  public Set<String> rateOptions() {
    return Set.of(RATE_MODE);
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(36, 31, 25, 22, 18);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) {
    setQp(value, context);
  }

  @Override
  void setCrf(double crf, AVCodecContext context, OptionSetter setter) {
    if (!(crf >= 0 && crf <= MAX_QP)) {
      throw new IllegalArgumentException("crf " + plain(crf) + ": must be from 0 to 51");
    }
    setQp((int) Math.min(MAX_QP, Math.round(crf) + QP_OVER_CRF), context);
  }

  @Override
  void setQp(int value, AVCodecContext context, OptionSetter setter) {
    setQp(value, context);
  }

  private static void setQp(int value, AVCodecContext context) {
    context.qmin(value);
    context.qmax(value);
  }

  /** Its only mode for bit rates holds each second near the mean. */
  @Override
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    setter.set(RATE_MODE, "bitrate");
    super.setBitRate(options, context, setter);
  }

  @Override
  void setDefaultGop(AVCodecContext context) {
    context.gop_size(DEFAULT_GOP);
  }
}
