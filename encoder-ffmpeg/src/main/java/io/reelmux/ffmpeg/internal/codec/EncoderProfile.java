package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_CENTER;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_LEFT;
import static org.bytedeco.ffmpeg.global.avutil.AVCHROMA_LOC_UNSPECIFIED;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.FieldOrder;
import io.reelmux.FrameRate;
import io.reelmux.Quality;
import io.reelmux.RateControl;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.LibraryParameters;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * What is known of a video encoder beyond what FFmpeg reports. This class describes an encoder of
 * which nothing is known; one subclass per family overrides what differs. {@link EncoderSettings}
 * applies a stream's options.
 */
public class EncoderProfile extends RateProfile {

  /** Options that control the bit rate: any of them replaces our default quality. */
  private static final Set<String> RATE_OPTIONS =
      Set.of("b", "crf", "qp", "q", "qmin", "qmax", "global_quality", "maxrate");

  /** The colors of RGB input, which RGB output keeps. */
  static final ColorSpec SRGB =
      new ColorSpec(
          ColorSpec.Matrix.BT709,
          ColorSpec.Range.FULL,
          ColorSpec.Primaries.BT709,
          ColorSpec.Transfer.SRGB);

  private static final int TICKS_PER_SECOND = 90_000;
  private static final int BYTE = 8;

  EncoderProfile(String encoder) {
    super(encoder);
  }

  /** Returns the profile of an encoder. */
  public static EncoderProfile of(String encoder) {
    return EncoderProfiles.of(encoder);
  }

  // ---- Facts that a family overrides

  /** Minimum width; below it the encoder fails late, crashes or never returns. */
  int minWidth() {
    return 1;
  }

  /** Minimum height; below it the encoder fails late or never returns. */
  int minHeight() {
    return 1;
  }

  /** The only width and height of an encoder for one size, which it checks at the first frame. */
  int onlySide(int side) {
    return side;
  }

  /**
   * Whether lossless encoding of a pixel format that FFmpeg lists is exact without more options.
   */
  boolean isUsual(int pixelFormat) {
    return true;
  }

  /** Names of its presets; empty if they are not names. */
  List<String> presets() {
    return List.of();
  }

  /** Whether only the GPL build of the native libraries has it. */
  boolean isGplOnly() {
    return false;
  }

  /** What its stream states, whatever the container. */
  Set<VideoTag> storedTags() {
    return Set.of();
  }

  /** Whether the stream itself states a setting exactly. */
  public boolean stores(VideoTag tag, VideoOptions options) {
    return storedTags().contains(tag);
  }

  /**
   * Whether decoders read something else than these colors from the stream, or assume it, even
   * where the container states them.
   *
   * @param tag a color
   */
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return false;
  }

  /** Whether decoders learn the matrix of BT.709, from the stream or from the container. */
  final boolean carriesColor(Container container) {
    return storedTags().contains(VideoTag.MATRIX)
        || (container.stores(VideoTag.MATRIX)
            && !contradicts(VideoTag.MATRIX, ColorSpec.BT709_LIMITED));
  }

  /** Whether its standard places chroma samples in the center between pixels. */
  boolean centersChroma() {
    return false;
  }

  /** The threads for frames of a size, unless the caller says otherwise; 0 if it chooses. */
  int defaultThreads(VideoOptions options, int width, int height) {
    return 0;
  }

  /**
   * Sets the number of threads.
   *
   * @param threads 0 if it chooses
   */
  void setThreads(int threads, AVCodecContext context, OptionSetter setter)
      throws EncoderException {
    context.thread_count(threads);
  }

  /** Whether it changes the priority of the thread that opens it. */
  public boolean changesThread() {
    return false;
  }

  /** Flags of AVCodecContext with which it codes the fields of interlaced frames; 0 if never. */
  public int interlacedFlags() {
    return 0;
  }

  /** Whether the codec has no variable frame rate. */
  boolean requiresConstantFrameRate() {
    return false;
  }

  /** Time base of a variable frame rate. */
  int ticksPerSecond() {
    return TICKS_PER_SECOND;
  }

  /** Options that the library parses on its own. */
  public LibraryParameters libraryParameters() {
    return LibraryParameters.NONE;
  }

  /** Options of this encoder that control the bit rate, in addition to FFmpeg's common ones. */
  public Set<String> rateOptions() {
    return Set.of();
  }

  /** Values of its quality option from LOWEST to HIGHEST; empty if it has no constant quality. */
  List<Integer> qualityValues() {
    return List.of();
  }

  /** Whether it has a constant quality, but by default a fixed bit rate for any frame size. */
  boolean hasPoorDefault() {
    return false;
  }

  /**
   * Refuses settings that the encoder would accept and handle badly, or would report where the
   * caller does not see it.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public void check(VideoOptions options, int pixelFormat) {}

  /** Whether its packets carry alpha beside the frames, which only Matroska and WebM store. */
  public boolean putsAlphaBeside() {
    return false;
  }

  /** Whether players or editing programs are known to show its alpha. */
  boolean showsAlpha() {
    return false;
  }

  /** Sets a constant quality, a value of {@link #qualityValues}. */
  void setQuality(int value, AVCodecContext context, OptionSetter setter) throws EncoderException {
    setter.set("crf", Integer.toString(value));
  }

  /** What to set instead of a quality that it does not have. */
  String qualityAlternatives() {
    return "set bitRate or its options";
  }

  /** Sets lossless encoding. */
  void setLossless(AVCodecContext context, OptionSetter setter) throws EncoderException {
    throw new IllegalArgumentException(
        encoder()
            + " cannot encode losslessly; these can: "
            + String.join(", ", EncoderProfiles.lossless()));
  }

  void setCrf(double crf, AVCodecContext context, OptionSetter setter) throws EncoderException {
    if (!setter.has("crf")) {
      throw new IllegalArgumentException(
          encoder() + " has no crf: set " + crfAlternatives(plain(crf)) + "or bitRate");
    }
    if (crf < minCrf() || crf > maxCrf()) {
      throw new IllegalArgumentException(
          "crf " + plain(crf) + ": " + encoder() + " accepts " + minCrf() + " to " + maxCrf());
    }
    setter.set("crf", plain(crf));
  }

  /** The lowest crf, which is the best quality. */
  int minCrf() {
    return 0;
  }

  /** The highest crf: some encoders silently replace a higher one by this. */
  int maxCrf() {
    return 63;
  }

  /** What to set instead of a crf that it does not have. */
  String crfAlternatives(String crf) {
    return qualityValues().isEmpty() ? "" : "quality, ";
  }

  /** Whether the caller's raw options control the bit rate. */
  boolean hasRateOptions(VideoOptions options) {
    Set<String> names = options.options().keySet();
    return !Collections.disjoint(names, RATE_OPTIONS)
        || !Collections.disjoint(names, rateOptions());
  }

  /**
   * The values of raw options, and of parameters in them, that its library takes as they are,
   * whatever the other settings. Each is the range in which the bytes of encoded frames differ, or
   * in which the library says in the stream that it took the value. Crf and qp are those of the
   * settings.
   */
  OptionRanges ownRanges() {
    return OptionRanges.NONE;
  }

  /** As {@link #ownRanges()}, with those that depend on other settings. */
  OptionRanges ownRanges(VideoOptions options, int pixelFormat) {
    return ownRanges();
  }

  /** The values of raw options that its library takes as they are, for the catalog. */
  public final OptionRanges ranges() {
    return withQuality(ownRanges());
  }

  /** The values of raw options that its library does not silently replace by others. */
  public final OptionRanges ranges(VideoOptions options, int pixelFormat) {
    return withQuality(ownRanges(options, pixelFormat));
  }

  private OptionRanges withQuality(OptionRanges own) {
    OptionRanges all = own.with("crf", minCrf(), maxCrf());
    return rateControls().contains(RateControl.CONSTANT_QP)
        ? all.with("qp", qpRange().get(0), qpRange().get(1))
        : all;
  }

  /** Whether the profile of a stream, if one is chosen, has so many bits per component. */
  final boolean allowsDepth(VideoOptions options, int bits) {
    return bits <= BYTE
        || options
            .profile()
            .or(() -> Optional.ofNullable(options.options().get("profile")))
            .filter(chosen -> !profileHasDepth(chosen.toLowerCase(Locale.ROOT), bits))
            .isEmpty();
  }

  /**
   * Whether a profile has more than eight bits.
   *
   * @param bits how many
   */
  boolean profileHasDepth(String chosen, int bits) {
    return true;
  }

  void setProfile(String profile, OptionSetter setter) throws EncoderException {
    setter.set("profile", profile);
  }

  /** Parameters that its library needs, in order; each is replaced by the caller's own. */
  Map<String, String> parameters(VideoOptions options) {
    return Map.of();
  }

  /** The caller's raw options, with what a setting adds to them. */
  Map<String, String> ownOptions(VideoOptions options) {
    return options.options();
  }

  /** The caller's raw options, joined with the parameters that the library needs. */
  final Map<String, String> rawOptions(VideoOptions options) {
    return libraryParameters().join(ownOptions(options), parameters(options));
  }

  static boolean isLossless(VideoOptions options) {
    return options.quality().equals(Optional.of(Quality.LOSSLESS));
  }

  /** The colors of a stream for which none are requested. */
  ColorSpec defaultColor(int pixelFormat, Container container) {
    if (PixelFormat.isRgb(pixelFormat)) {
      return SRGB;
    }
    // what decoders assume where neither the stream nor the container carries the colors
    return carriesColor(container) ? ColorSpec.BT709_LIMITED : ColorSpec.BT601_LIMITED;
  }

  /**
   * Repairs the times of a packet.
   *
   * @param framesIn frames that the encoder has been given
   */
  public void repairTimes(AVPacket packet, long framesIn) {}

  /**
   * States how long the last frame is shown, in a packet that holds a whole animation.
   *
   * @param start of the first frame
   * @param end of the last frame
   * @param timed whether the duration is more than that of a still image
   * @return what is shown instead, if it cannot be stated
   */
  public Optional<String> repairEnd(AVPacket packet, Duration start, Duration end, boolean timed) {
    return Optional.empty();
  }

  /** The number of consecutive B-frames that it makes unless it is told. */
  int defaultBFrames(VideoOptions options, AVCodecContext context) {
    return Math.max(0, context.max_b_frames());
  }

  // ---- What is done with them

  /** The number of frames from the one that is decoded to the one that was added last. */
  public final int reorderSpan(VideoOptions options, AVCodecContext opened) {
    int frames =
        options.maxBFrames().isPresent()
            ? options.maxBFrames().getAsInt()
            : defaultBFrames(options, opened);
    // one is held to be referred to, and one B-frame may itself be referred to
    return opened.has_b_frames() == 0 ? 1 : frames + 2;
  }

  /**
   * Checks a frame size: refuses what the encoder would crop, or with which it would never finish.
   *
   * @param onDevice whether frames may be in device memory, where they are not scaled
   * @throws IllegalArgumentException with the alternatives
   */
  public final void checkSize(int pixelFormat, int width, int height, boolean onDevice) {
    if (width < minWidth() || height < minHeight()) {
      throw new IllegalArgumentException(
          "%s requires at least %dx%d, got %dx%d: scale with outputSize, or use another codec"
              .formatted(encoder(), minWidth(), minHeight(), width, height));
    }
    if (width != onlySide(width) || height != onlySide(height)) {
      throw new IllegalArgumentException(
          "%s supports only %dx%d, got %dx%d: scale with outputSize, or use another codec"
              .formatted(encoder(), onlySide(width), onlySide(height), width, height));
    }
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(pixelFormat);
    boolean oddWidth = width % (1 << descriptor.log2_chroma_w()) != 0;
    boolean oddHeight = height % (1 << descriptor.log2_chroma_h()) != 0;
    if (oddWidth || oddHeight) {
      throw new IllegalArgumentException(
          "%s has subsampled chroma and needs even dimensions, not %dx%d: %s"
              .formatted(
                  PixelFormat.name(pixelFormat),
                  width,
                  height,
                  alternatives(width, height, onDevice)));
    }
  }

  private static String alternatives(int width, int height, boolean onDevice) {
    String scale =
        "scale with outputSize(%d, %d)".formatted(width + (width & 1), height + (height & 1));
    return onDevice
        ? scale
            + ", which accepts frames in host memory, or crop or pad frames in device memory to an"
            + " even size"
        : scale + ", or set pixelFormat(\"yuv444p\") if the encoder supports it";
  }

  /**
   * Refuses interlaced frames if the encoder does not code fields.
   *
   * @throws IllegalArgumentException with the encoders that do
   */
  public final void checkFieldOrder(FieldOrder order) {
    if (order.isInterlaced() && interlacedFlags() == 0) {
      throw new IllegalArgumentException(
          "fieldOrder "
              + order
              + ": "
              + encoder()
              + " does not encode interlaced frames; these do: "
              + String.join(", ", EncoderProfiles.interlaced()));
    }
  }

  /**
   * Returns the requested colors; otherwise BT.709 limited range if the stream or the container
   * carries them, and what decoders assume if neither does. RGB formats keep the colors of RGB
   * input, and gray formats the values of gray input: decoders read gray without a range as full.
   */
  public final ColorSpec color(VideoOptions options, int pixelFormat, Container container) {
    return options.color().isPresent() ? options.color().get() : usualColor(pixelFormat, container);
  }

  private ColorSpec usualColor(int pixelFormat, Container container) {
    ColorSpec color = defaultColor(pixelFormat, container);
    return PixelFormat.isGray(pixelFormat) ? color.withRange(ColorSpec.Range.FULL) : color;
  }

  /** The position of chroma samples, an AVChromaLocation. */
  public final int chromaLocation(int pixelFormat) {
    boolean subsampled = PixelFormat.descriptor(pixelFormat).log2_chroma_w() != 0;
    if (!PixelFormat.isYuv(pixelFormat) || !subsampled) {
      return AVCHROMA_LOC_UNSPECIFIED;
    }
    return centersChroma() ? AVCHROMA_LOC_CENTER : AVCHROMA_LOC_LEFT;
  }

  /**
   * Returns the unit of a stream's times.
   *
   * @throws IllegalArgumentException if a variable frame rate is requested and not supported
   */
  public final TimeBase timeBase(VideoOptions options, Container container) {
    FrameRate rate = options.frameRate();
    if (!options.variableFrameRate()) {
      container.checkFrameRate(rate);
      return new TimeBase(rate.denominator(), rate.numerator());
    }
    if (requiresConstantFrameRate()) {
      throw new IllegalArgumentException(
          "variableFrameRate: %s requires a constant frame rate; choose another codec"
              .formatted(encoder()));
    }
    if (!container.variableFrameRate()) {
      throw new IllegalArgumentException(
          "variableFrameRate: container %s requires a constant frame rate; these do not: %s"
              .formatted(
                  container.members().stream()
                      .filter(member -> !member.variableFrameRate())
                      .findFirst()
                      .orElseThrow(),
                  String.join(", ", Container.usualWithVariableFrameRate())));
    }
    return new TimeBase(1, ticksPerSecond());
  }

  /** Whether the codec or the container has no variable frame rate. */
  public final boolean requiresConstantFrameRate(Container container) {
    return requiresConstantFrameRate() || !container.variableFrameRate();
  }

  /**
   * Refuses filters whose frames come at any time, where a constant frame rate is required.
   *
   * @throws IllegalArgumentException with the way out
   */
  public final void checkRate(Optional<FrameRate> behindFilters, Container container) {
    if (behindFilters.isEmpty() && requiresConstantFrameRate(container)) {
      throw new IllegalArgumentException(
          "filter: its frames have no constant rate, which "
              + encoder()
              + " in "
              + container
              + " requires: end it with fps=25, for example");
    }
  }

  // ---- Helpers of the families

  final IllegalArgumentException unknown(String what, String name, List<String> names) {
    return new IllegalArgumentException(
        "unknown %s '%s'%s; %s has: %s"
            .formatted(
                what, name, Suggestions.hint(name, names), encoder(), String.join(", ", names)));
  }

  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** The value of an option as a number; -1 if it is not one, which the library refuses. */
  static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Filters that bring frames into a format that depends on their colors.
   *
   * @param input the pixel format that they are given
   * @param filters in FFmpeg's syntax
   * @param output the pixel format that leaves them
   */
  public record Quantizer(int input, String filters, int output) {}

  /** How frames get the palette that this encoder stores; empty if their format is fixed. */
  public Optional<Quantizer> quantizer(VideoOptions options) {
    return Optional.empty();
  }
}
