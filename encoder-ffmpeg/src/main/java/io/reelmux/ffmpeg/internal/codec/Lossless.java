package io.reelmux.ffmpeg.internal.codec;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_ME;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSLESS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSY;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;

import io.reelmux.ColorSpec;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.OptionRanges;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/** Encoders that are always lossless. */
final class Lossless extends EncoderProfile {

  private static final String FFV1 = "ffv1";
  private static final String PNG = "png";
  private static final String UTVIDEO = "utvideo";
  private static final String MAGICYUV = "magicyuv";
  private static final String GIF = "gif";
  private static final String QTRLE = "qtrle";

  /** Bits of red, green and blue in a palette. */
  private static final int PALETTE_DEPTH = 8;

  /** A palette of its own for each frame, from its colors. */
  private static final Quantizer PALETTE =
      new Quantizer(
          AV_PIX_FMT_BGRA,
          "split[reelmux_frame][reelmux_colors];"
              + "[reelmux_colors]palettegen=stats_mode=single[reelmux_palette];"
              + "[reelmux_frame][reelmux_palette]paletteuse=new=1,format=pal8",
          AV_PIX_FMT_PAL8);

  /** For messages. */
  static final List<String> WELL_KNOWN = List.of(FFV1, PNG, "huffyuv", UTVIDEO);

  /** Their decoders read every value as full range, gray included. */
  private static final Set<String> FULL_RANGE = Set.of(PNG, "apng");

  private static final Set<String> FIELDS = Set.of(FFV1, "rawvideo");

  /** Half floats, which do not hold 16 bits, and 10 bits without the lowest and highest values. */
  private static final Set<String> NOT_QUITE = Set.of("phm", "v210");

  /** Instead of a lossy quality. */
  static final String QUALITY_ALTERNATIVES =
      "it is always lossless: set Quality.LOSSLESS, or no quality";

  private Lossless(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.concat(
            WELL_KNOWN.stream(), Stream.of("apng", "ffvhuff", "rawvideo", QTRLE, MAGICYUV))
        .<EncoderProfile>map(Lossless::new)
        .toList();
  }

  /** The profile of an encoder that is not known otherwise. */
  static EncoderProfile ofUnknown(String encoder) {
    return isAlwaysLossless(encoder) ? new Lossless(encoder) : new EncoderProfile(encoder);
  }

  /** Whether the codec, as FFmpeg describes it, has no lossy mode. */
  private static boolean isAlwaysLossless(String encoder) {
    int both = AV_CODEC_PROP_LOSSLESS | AV_CODEC_PROP_LOSSY;
    return !NOT_QUITE.contains(encoder)
        && Codecs.find(encoder)
            .filter(codec -> (properties(codec) & both) == AV_CODEC_PROP_LOSSLESS)
            .isPresent();
  }

  private static int properties(AVCodec codec) {
    AVCodecDescriptor descriptor =
        avcodec_descriptor_get_by_name(Av.string(avcodec_get_name(codec.id())));
    return descriptor == null || descriptor.isNull() ? 0 : descriptor.props();
  }

  @Override
  Set<VideoTag> storedTags() {
    return switch (encoder()) {
      case FFV1 -> EnumSet.of(VideoTag.SAMPLE_ASPECT_RATIO, VideoTag.FIELD_ORDER);
      case UTVIDEO -> EnumSet.of(VideoTag.MATRIX);
      default -> Set.of();
    };
  }

  /** Ut Video has no code for BT.2020, and MagicYUV's decoder always reports the limited range. */
  @Override
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return switch (encoder()) {
      case UTVIDEO -> tag == VideoTag.MATRIX && color.matrix() == ColorSpec.Matrix.BT2020;
      case MAGICYUV -> tag == VideoTag.RANGE && color.range() == ColorSpec.Range.FULL;
      default -> false;
    };
  }

  @Override
  public boolean stores(VideoTag tag, VideoOptions options) {
    return super.stores(tag, options)
        && !options.color().filter(color -> contradicts(tag, color)).isPresent();
  }

  /** FFmpeg clips the level of zlib, and ignores versions of FFV1 that do not exist. */
  @Override
  OptionRanges ownRanges() {
    return switch (encoder()) {
      case PNG, "apng", "flashsv", "zlib" -> OptionRanges.NONE.with("compression-level", 0, 9);
      case FFV1 -> OptionRanges.NONE.with("level", 0, 4);
      default -> OptionRanges.NONE;
    };
  }

  /** The lines of each field are coded as they are, and predicted from their own where it helps. */
  @Override
  public int interlacedFlags() {
    return FIELDS.contains(encoder()) ? AV_CODEC_FLAG_INTERLACED_ME : 0;
  }

  @Override
  ColorSpec defaultColor(int pixelFormat, Container container) {
    return FULL_RANGE.contains(encoder()) ? SRGB : super.defaultColor(pixelFormat, container);
  }

  @Override
  boolean showsAlpha() {
    return encoder().equals(QTRLE);
  }

  /** All frames of PNG are key frames, though FFmpeg's description of the codec does not say so. */
  @Override
  KeyFrameControl keyFrameControl() {
    return switch (encoder()) {
      case PNG -> KeyFrameControl.EXACT;
      case FFV1 -> KeyFrameControl.DISTANCE;
      default -> super.keyFrameControl();
    };
  }

  @Override
  boolean hasLowLatency() {
    return encoder().equals(FFV1);
  }

  @Override
  String qualityAlternatives() {
    return QUALITY_ALTERNATIVES;
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) {
    // nothing to set
  }

  /** GIF's own pixel formats have fixed palettes, with eight reds, eight greens and four blues. */
  @Override
  public Optional<Quantizer> quantizer(VideoOptions options) {
    boolean asked =
        options.pixelFormat().isPresent()
            || options.bitDepth().orElse(PALETTE_DEPTH) != PALETTE_DEPTH
            || options.quality().filter(Quality.LOSSLESS::equals).isPresent();
    return encoder().equals(GIF) && !asked ? Optional.of(PALETTE) : Optional.empty();
  }
}
