package io.reelmux.ffmpeg.internal.codec;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_descriptor_get_by_name;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSLESS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSY;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;

/** Encoders that are always lossless. */
final class Lossless extends EncoderProfile {

  /** For messages. */
  static final List<String> WELL_KNOWN = List.of("ffv1", "png", "huffyuv", "utvideo");

  /** Their decoders read every value as full range, gray included. */
  private static final Set<String> FULL_RANGE = Set.of("png", "apng");

  /** Half floats, which do not hold 16 bits, and 10 bits without the lowest and highest values. */
  private static final Set<String> NOT_QUITE = Set.of("phm", "v210");

  /** Its Y'CbCr is full range, which is not what the name of the format says. */
  private static final String LOSSLESS_JPEG = "ljpeg";

  private Lossless(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.concat(WELL_KNOWN.stream(), Stream.of("apng", "ffvhuff", "rawvideo", "qtrle"))
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
  ColorSpec defaultColor(int pixelFormat, Container container) {
    return FULL_RANGE.contains(encoder()) ? SRGB : super.defaultColor(pixelFormat, container);
  }

  @Override
  boolean isUsual(int pixelFormat) {
    return !encoder().equals(LOSSLESS_JPEG) || PixelFormat.isRgb(pixelFormat);
  }

  @Override
  String qualityAlternatives() {
    return "it is always lossless: set Quality.LOSSLESS, or no quality";
  }

  @Override
  void setLossless(AVCodecContext context, OptionSetter setter) {
    // nothing to set
  }
}
