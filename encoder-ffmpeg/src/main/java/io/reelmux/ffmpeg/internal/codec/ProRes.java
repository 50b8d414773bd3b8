package io.reelmux.ffmpeg.internal.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_INTERLACED_DCT;

import io.reelmux.ColorSpec;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** FFmpeg's ProRes encoders. */
final class ProRes extends EncoderProfile {

  private ProRes(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return Stream.of("prores", "prores_aw", "prores_ks").<EncoderProfile>map(ProRes::new).toList();
  }

  @Override
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return tag == VideoTag.RANGE && color.range() == ColorSpec.Range.FULL;
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
