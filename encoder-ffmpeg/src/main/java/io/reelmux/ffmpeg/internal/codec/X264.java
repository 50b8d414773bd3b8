package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;

import io.reelmux.EncoderException;
import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** x264. */
final class X264 extends EncoderProfile {
  static final String NAME = "libx264";

  /** x265 has the same. */
  static final List<String> PRESETS =
      List.of(
          "ultrafast",
          "superfast",
          "veryfast",
          "faster",
          "fast",
          "medium",
          "slow",
          "slower",
          "veryslow",
          "placebo");

  /** x265 has the same. */
  static final List<Map<String, String>> SPEEDS =
      List.of(
          Map.of("preset", "ultrafast"),
          Map.of("preset", "veryfast"),
          Map.of("preset", "medium"),
          Map.of("preset", "slower"),
          Map.of("preset", "veryslow"));

  /** The frames that each preset looks at ({@code rc-lookahead}). */
  private static final List<Integer> LOOKAHEAD = List.of(0, 0, 10, 20, 30, 40, 50, 60, 60, 60);

  /** The most pixels that one thread encodes with a preset, if the caller does not say. */
  private static final Map<String, Long> ONE_THREAD =
      Map.of(
          "ultrafast", 640L * 360,
          "0", 640L * 360,
          "superfast", 320L * 240,
          "1", 320L * 240,
          "veryfast", 320L * 240,
          "2", 320L * 240);

  private static final String RC_LOOKAHEAD = "rc-lookahead";
  private static final String PARAMS = "x264-params";
  private static final String TUNE = "tune";
  static final String ZERO_LATENCY = "zerolatency";

  private static final LibraryParameters PARAMETERS =
      LibraryParameters.in(PARAMS, "x264opts")
          .openingFiles("stats", "pass", "dump-yuv", "cqmfile", "qpfile", "opencl", "opencl-clbin");

  /**
   * What validate_parameters in x264's encoder/encoder.c clips to, as it says in the stream; the
   * factors of FFmpeg's options are the inverse of x264's.
   */
  private static final OptionRanges RANGES =
      OptionRanges.NONE
          .with("crf-max", 0, 51)
          .with("aq-mode", 0, 3)
          .with("aq-strength", 0, 3)
          .with("qcomp", 0, 1)
          .with("ipratio pbratio b-qfactor", 0.01, 10)
          .with("i-qfactor", 0.1, 100)
          .with(RC_LOOKAHEAD, 0, 250)
          .with("bframes bf", 0, 16)
          .with("b-bias", -90, 100)
          .with("b-adapt", 0, 2)
          .with("b-pyramid", 0, 2)
          .with("ref refs", 1, 16)
          .with("deblock", -6, 6)
          .with("deadzone-inter deadzone-intra", 0, 32)
          .with("chroma-qp-offset chromaoffset", -12, 12)
          .with("nr noise-reduction", 0, 65_536)
          .with("merange me-range", 4, 1024)
          .with("subme subq", 0, 11)
          .with("trellis", 0, 2)
          .with("psy-rd", 0, 10)
          .with("weightp", 0, 2)
          .with("direct-pred", 0, 3)
          .with("nal-hrd", 0, 2)
          .with("threads", 0, 128);

  /** The quantizer of 8 bits, and 18 steps in which x264 blurs if the bit rate allows no more. */
  private static final int MAX_QP_8 = 51 + 18;

  private static final int QP_PER_BIT = 6;

  private static final Set<String> EIGHT_BIT_PROFILES = Set.of("baseline", "main", "high");

  private X264(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new X264(NAME), new X264("libx264rgb"));
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
  List<String> presets() {
    return PRESETS;
  }

  /** Not more than the slowest preset makes; those that are usual make half of it or less. */
  @Override
  int defaultBFrames(VideoOptions options, AVCodecContext context) {
    return switch (options.preset().orElse("")) {
      case "veryslow", "placebo" -> 16;
      default -> 4;
    };
  }

  @Override
  boolean isGplOnly() {
    return true;
  }

  @Override
  Set<VideoTag> storedTags() {
    return EnumSet.of(
        VideoTag.MATRIX,
        VideoTag.RANGE,
        VideoTag.PRIMARIES,
        VideoTag.TRANSFER,
        VideoTag.SAMPLE_ASPECT_RATIO,
        VideoTag.FIELD_ORDER,
        VideoTag.FRAME_RATE);
  }

  @Override
  public int interlacedFlags() {
    return AV_CODEC_FLAG_INTERLACED_DCT;
  }

  @Override
  public LibraryParameters libraryParameters() {
    return PARAMETERS;
  }

  /**
   * With AVX-512, its macroblock tree reads memory that it has not set, unless the width is a
   * multiple of 128 pixels: the same frames then give other bytes. This takes the portable code for
   * the tree, which gives the same bytes on every processor and costs 0 to 2 %.
   */
  @Override
  Map<String, String> parameters(VideoOptions options) {
    return Map.of("cpu-independent", "1");
  }

  @Override
  int maxCrf() {
    return 51;
  }

  @Override
  OptionRanges ownRanges() {
    return RANGES;
  }

  @Override
  OptionRanges ownRanges(VideoOptions options, int pixelFormat) {
    int bits = PixelFormat.descriptor(pixelFormat).comp(0).depth();
    int max = MAX_QP_8 + QP_PER_BIT * (bits - 8);
    return RANGES.with("qpmin qmin qpmax qmax", 0, max).with("qpstep qdiff", 2, max);
  }

  @Override
  List<Integer> qualityValues() {
    return List.of(33, 28, 23, 19, 15);
  }

  @Override
  boolean profileHasDepth(String chosen, int bits) {
    return !EIGHT_BIT_PROFILES.contains(chosen);
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set("qp", "0");
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

  /** And one, which is the frame that it encodes then. */
  @Override
  public int lookahead(VideoOptions options) {
    int frames = lookedAt(options);
    return frames == 0 ? 0 : frames + 1;
  }

  /** The caller's own number takes the place of that of the preset and the tune. */
  private int lookedAt(VideoOptions options) {
    List<String> own = new ArrayList<>(PARAMETERS.values(options.options(), RC_LOOKAHEAD));
    String option = options.options().get(RC_LOOKAHEAD);
    if (option != null) {
      own.add(option);
    }
    // of several, frames that it does not look at do no harm
    int set = own.stream().mapToInt(text -> (int) number(text)).max().orElse(-1);
    if (set >= 0) {
      return set;
    }
    String tune = X264Names.raw(options, TUNE);
    boolean none = options.lowLatency() || (tune != null && tune.contains(ZERO_LATENCY));
    return none ? 0 : LOOKAHEAD.get(presetNumber(options));
  }

  private int presetNumber(VideoOptions options) {
    String preset = preset(options);
    int named = PRESETS.indexOf(preset);
    return named >= 0 || !preset.matches("[0-9]")
        ? Math.max(named, 0)
        : Math.min(Integer.parseInt(preset), PRESETS.size() - 1);
  }

  /** Otherwise they depend on the quality, and on the number of reference frames that it needs. */
  @Override
  void setPart(OptionSetter setter) {
    setter.add(PARAMS, "stitchable=1");
  }

  @Override
  boolean hasLowLatency() {
    return true;
  }

  @Override
  boolean hasLiveBitRate() {
    return true;
  }

  /**
   * Small frames are encoded by one thread where more threads save no time: they cost a fifth to a
   * third more CPU time, which a program lacks that encodes several clips at once.
   */
  @Override
  int defaultThreads(VideoOptions options, int width, int height) {
    return (long) width * height <= ONE_THREAD.getOrDefault(preset(options), 0L) ? 1 : 0;
  }

  private String preset(VideoOptions options) {
    if (options.preset().isPresent()) {
      return options.preset().get();
    }
    String preset =
        options.speed().isPresent()
            ? speed(options.speed().get()).get("preset")
            : X264Names.raw(options, "preset");
    return preset == null ? "medium" : preset;
  }

  @Override
  List<Map<String, String>> speeds() {
    return SPEEDS;
  }

  @Override
  void setOpenGop(boolean open, VideoOptions options, AVCodecContext context, OptionSetter setter) {
    if (open) {
      setter.add(PARAMS, "open-gop=1");
    }
  }

  @Override
  void setFixedGop(AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set("sc_threshold", "0");
  }

  /** It combines a tune of the caller's with this one. */
  @Override
  void setLowLatency(VideoOptions options, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    setter.set(TUNE, ZERO_LATENCY);
  }

  @Override
  Map<String, String> ownOptions(VideoOptions options) {
    Map<String, String> all = new LinkedHashMap<>(options.options());
    if (options.lowLatency()) {
      all.computeIfPresent(TUNE, (name, own) -> own + "," + ZERO_LATENCY);
    }
    return all;
  }

  /** It changes the bit rate only with a buffer, and then only a constant one. */
  @Override
  public void checkLiveBitRate(long rate, VideoOptions options) {
    super.checkLiveBitRate(rate, options);
    if (!isConstantBitRate(options)) {
      throw new IllegalArgumentException(
          "setBitRate "
              + rate
              + ": "
              + encoder()
              + " changes a constant bit rate only; set VideoOptions.rateControl"
              + " CONSTANT_BIT_RATE");
    }
  }

  @Override
  public void check(VideoOptions options, int pixelFormat) {
    new X264Names(this).check(options, pixelFormat);
  }
}
