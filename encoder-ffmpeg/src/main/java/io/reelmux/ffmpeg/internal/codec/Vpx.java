package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** libvpx: VP8 and VP9. */
final class Vpx extends EncoderProfile {
  static final String VP8 = "libvpx";
  static final String VP9 = "libvpx-vp9";

  private static final String LOSSLESS_OPTION = "lossless";

  private final boolean vp9;

  private Vpx(String encoder) {
    super(encoder);
    this.vp9 = encoder.equals(VP9);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new Vpx(VP8), new Vpx(VP9));
  }

  @Override
  Set<VideoTag> storedTags() {
    return vp9 ? EnumSet.of(VideoTag.MATRIX, VideoTag.RANGE) : Set.of();
  }

  /** VP8 decoders do not honor the matrix and the range of a container. */
  @Override
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return !vp9
        && switch (tag) {
          case MATRIX -> color.matrix() != ColorSpec.Matrix.BT601;
          case RANGE -> color.range() != ColorSpec.Range.LIMITED;
          default -> false;
        };
  }

  @Override
  Set<String> rateOptions() {
    return Set.of(LOSSLESS_OPTION);
  }

  @Override
  List<Integer> qualityValues() {
    return vp9 ? List.of(50, 40, 32, 23, 15) : List.of(40, 25, 12, 8, 4);
  }

  @Override
  boolean hasPoorDefault() {
    return true;
  }

  @Override
  void setLossless(OptionSetter setter) throws EncoderException {
    if (!vp9) {
      super.setLossless(setter);
      return;
    }
    setter.set(LOSSLESS_OPTION, "1");
  }
}
