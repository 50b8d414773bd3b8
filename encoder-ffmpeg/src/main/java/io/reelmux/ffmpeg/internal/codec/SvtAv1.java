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
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** SVT-AV1. */
final class SvtAv1 extends EncoderProfile {
  static final String NAME = "libsvtav1";

  /** Below a width of 30 it never returns. */
  private static final int MIN_SIDE = 32;

  private static final int MAX_LEVEL = 6;

  private static final String LOSSLESS = "lossless";
  private static final String PARAMS = "svtav1-params";

  /** Each frame refers to earlier ones only. */
  private static final String LOW_DELAY = "pred-struct=1";

  private static final List<Map<String, String>> SPEEDS =
      Stream.of("12", "10", "8", "5", "2").map(preset -> Map.of("preset", preset)).toList();

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in(PARAMS)
          .openingFiles("stats", "pass", "recon", "qpfile", "roi-map-file", "fgs-table", "errlog");

  private SvtAv1() {
    super(NAME);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new SvtAv1());
  }

  @Override
  int minWidth() {
    return MIN_SIDE;
  }

  @Override
  int minHeight() {
    return MIN_SIDE;
  }

  /**
   * A process that may set priorities, as root may, gets its threads and the one that opens it with
   * real-time priority. There, encoders that spin until another thread is done keep that one from
   * running, and the machine stands still.
   */
  @Override
  public boolean changesThread() {
    return true;
  }

  /** FFmpeg does not pass them on. The library has levels up to 6, which are about as many. */
  @Override
  void setThreads(int threads, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    if (threads > 0) {
      setter.add(PARAMS, "lp=" + Math.min(threads, MAX_LEVEL));
    }
  }

  @Override
  Set<VideoTag> storedTags() {
    return EnumSet.of(
        VideoTag.MATRIX,
        VideoTag.RANGE,
        VideoTag.PRIMARIES,
        VideoTag.TRANSFER,
        VideoTag.MASTERING_DISPLAY,
        VideoTag.CONTENT_LIGHT);
  }

  @Override
  public LibraryParameters libraryParameters() {
    return PARAMETERS;
  }

  @Override
  Map<String, String> parameters(VideoOptions options) {
    return isLossless(options) ? Map.of(LOSSLESS, "1") : Map.of();
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) {
    // one of the parameters
  }

  /** FFmpeg passes on a crf from 1; with 0 the library uses its default. */
  @Override
  int minCrf() {
    return 1;
  }

  /** Without a bit rate it does not check them. */
  @Override
  OptionRanges ownRanges() {
    return OptionRanges.NONE.with("qmin", 0, 63).with("qmax", 1, 63);
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(55, 45, 35, 25, 15);
  }

  @Override
  Set<RateControl> rateControls() {
    return EnumSet.allOf(RateControl.class);
  }

  /** 0 means none. */
  @Override
  List<Integer> qpRange() {
    return List.of(1, 63);
  }

  @Override
  boolean limits(RateControl mode) {
    return mode == RateControl.CONSTANT_QUALITY;
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
    return SPEEDS;
  }

  /** It has a constant bit rate only for frames that refer to earlier ones. */
  @Override
  void setBitRate(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    super.setBitRate(options, context, setter);
    if (isConstantBitRate(options) && !options.lowLatency()) {
      setter.add(PARAMS, LOW_DELAY);
    }
  }

  @Override
  void setOpenGop(boolean open, VideoOptions options, AVCodecContext context, OptionSetter setter) {
    closeGop(!open, context);
  }

  @Override
  void setFixedGop(AVCodecContext context, OptionSetter setter) {
    setter.add(PARAMS, "scd=0");
  }

  @Override
  void setLowLatency(VideoOptions options, AVCodecContext context, OptionSetter setter) {
    if (options.options().getOrDefault(PARAMS, "").contains("pred-struct")) {
      throw new IllegalArgumentException(
          "option '"
              + PARAMS
              + "' and VideoOptions.lowLatency both set pred-struct: set only one of them");
    }
    setter.add(PARAMS, LOW_DELAY);
  }
}
