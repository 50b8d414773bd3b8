package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;

/** FFmpeg's ProRes encoders. */
final class ProRes extends EncoderProfile {

  /** The one that has a constant quantizer. */
  private static final String KOSTYA = "prores_ks";

  /** Of the other two, which write that the function is reserved for any other. */
  private static final Set<ColorSpec.Transfer> TRANSFERS =
      EnumSet.of(ColorSpec.Transfer.BT709, ColorSpec.Transfer.PQ, ColorSpec.Transfer.HLG);

  private ProRes(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.of("prores", "prores_aw", KOSTYA).<EncoderProfile>map(ProRes::new).toList();
  }

  @Override
  List<Integer> qualityValues() {
    return encoder().equals(KOSTYA) ? List.of(20, 12, 8, 4, 2) : List.of();
  }

  @Override
  void setQuality(int value, AVCodecContext context, OptionSetter setter) {
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
    context.global_quality(FF_QP2LAMBDA * value);
  }

  @Override
  String qualityAlternatives() {
    return "set its profile, or use " + KOSTYA;
  }

  @Override
  boolean showsAlpha() {
    return encoder().equals(KOSTYA);
  }

  @Override
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return switch (tag) {
      case RANGE -> color.range() == ColorSpec.Range.FULL;
      case TRANSFER -> !encoder().equals(KOSTYA) && !TRANSFERS.contains(color.transfer());
      default -> false;
    };
  }

  @Override
  public int interlacedFlags() {
    return AV_CODEC_FLAG_INTERLACED_DCT;
  }

  @Override
  Set<VideoTag> storedTags() {
    return EnumSet.of(VideoTag.MATRIX, VideoTag.PRIMARIES, VideoTag.TRANSFER, VideoTag.FIELD_ORDER);
  }
}
