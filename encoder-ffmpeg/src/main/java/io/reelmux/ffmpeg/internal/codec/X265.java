package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** x265. */
final class X265 extends EncoderProfile {
  static final String NAME = "libx265";

  private static final String TUNE = "tune";
  private static final String PARAMS = "x265-params";
  private static final String LOSSLESS = "lossless";

  /**
   * x265 computes decoding times from the third frame on, from memory that it sets when that frame
   * comes. Shorter streams cannot be out of order.
   */
  private static final int FIRST_TIMED = 3;

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in(PARAMS)
          .openingFiles(
              "stats",
              "pass",
              "csv",
              "analysis-save",
              "analysis-load",
              "analysis-reuse-file",
              "multi-pass-opt-analysis",
              "multi-pass-opt-distortion",
              "scaling-list",
              "lambda-file",
              "nalu-file",
              "dhdr10-info",
              "dolby-vision-rpu",
              "film-grain",
              "aom-film-grain",
              "zonefile",
              "qpfile",
              "recon",
              "log-file")
          .harmlessWith("scaling-list", "off", "default")
          // the size of the frame and the ownership of its memory, instead of the frame's own
          .crashing("input-res", "copy-pic")
          .harmlessWith("copy-pic", "1", "true", "yes");

  private X265() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new X265());
  }

  /** Up to a width of 48 it writes past its own memory; a coding block of 64 is safe. */
  @Override
  int minWidth() {
    return 64;
  }

  @Override
  int minHeight() {
    return 16;
  }

  @Override
  List<String> presets() {
    return X264.PRESETS;
  }

  /** Not more than the slowest preset makes; those that are usual make half of it or less. */
  @Override
  int defaultBFrames(VideoOptions options, AVCodecContext context) {
    boolean slowest =
        options.preset().filter(Set.of("veryslow", "placebo", "slower")::contains).isPresent();
    return slowest ? 8 : 4;
  }

  /** A profile of twelve bits has ten as well. */
  @Override
  boolean profileHasDepth(String chosen, int bits) {
    return chosen.contains("12") || chosen.contains(Integer.toString(bits));
  }

  @Override
  boolean isGplOnly() {
    return true;
  }

  /** FFmpeg sets how many frames are encoded at once, but its pool has a thread per processor. */
  @Override
  void setThreads(int threads, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    super.setThreads(threads, context, setter);
    if (threads > 0) {
      setter.add(PARAMS, "pools=" + threads);
    }
  }

  @Override
  Set<VideoTag> storedTags() {
    return EnumSet.of(
        VideoTag.MATRIX,
        VideoTag.RANGE,
        VideoTag.PRIMARIES,
        VideoTag.TRANSFER,
        VideoTag.SAMPLE_ASPECT_RATIO,
        VideoTag.MASTERING_DISPLAY,
        VideoTag.CONTENT_LIGHT,
        VideoTag.FRAME_RATE);
  }

  @Override
  public LibraryParameters libraryParameters() {
    return PARAMETERS;
  }

  @Override
  int maxCrf() {
    return 51;
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(36, 32, 28, 22, 17);
  }

  @Override
  Set<RateControl> rateControls() {
    return EnumSet.allOf(RateControl.class);
  }

  @Override
  boolean limits(RateControl mode) {
    return mode == RateControl.VARIABLE_BIT_RATE || mode == RateControl.CONSTANT_QUALITY;
  }

  @Override
  boolean supportsBFrames() {
    return true;
  }

  @Override
  boolean hasOpenGops() {
    return true;
  }

  @Override
  KeyFrameControl keyFrameControl() {
    return KeyFrameControl.EXACT;
  }

  @Override
  boolean makesParts() {
    return true;
  }

  @Override
  boolean hasLowLatency() {
    return true;
  }

  @Override
  List<Map<String, String>> speeds() {
    return X264.SPEEDS;
  }

  @Override
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    super.setBitRate(options, context, setter);
    if (isConstantBitRate(options)) {
      setter.add(PARAMS, "strict-cbr=1");
    }
  }

  @Override
  void setOpenGop(boolean open, VideoOptions options, AVCodecContext context, OptionSetter setter) {
    closeGop(!open, context);
  }

  @Override
  void setFixedGop(AVCodecContext context, OptionSetter setter) {
    setter.add(PARAMS, "scenecut=0");
  }

  @Override
  void setLowLatency(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    refuseForLatency(options, TUNE);
    setter.set(TUNE, "zerolatency");
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) {
    // one of the parameters
  }

  /** By default it prints to the standard error. */
  @Override
  Map<String, String> parameters(VideoOptions options) {
    return isLossless(options)
        ? Map.of("log-level", "none", LOSSLESS, "1")
        : Map.of("log-level", "none");
  }

  @Override
  public void repairTimes(AVPacket packet, long framesIn) {
    if (framesIn < FIRST_TIMED) {
      packet.dts(packet.pts());
    }
  }
}
