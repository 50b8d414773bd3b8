package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.ColorSpec;
import io.reelmux.RateControl;
import io.reelmux.ffmpeg.internal.container.VideoTag;
import java.util.List;
import java.util.Set;

/** SMPTE VC-2. FFmpeg's encoder states BT.709 in each stream. */
final class Vc2 extends EncoderProfile {

  private Vc2() {
    super("vc2");
  }

  static List<EncoderProfile> profiles() {
    return List.of(new Vc2());
  }

  @Override
  Set<VideoTag> storedTags() {
    Set<VideoTag> tags = VideoTag.colors();
    tags.add(VideoTag.FRAME_RATE);
    return tags;
  }

  /** All frames have the same size, which the bit rate states. */
  @Override
  Set<RateControl> rateControls() {
    return Set.of(RateControl.CONSTANT_BIT_RATE);
  }

  @Override
  public boolean contradicts(VideoTag tag, ColorSpec color) {
    return switch (tag) {
      case MATRIX -> color.matrix() != ColorSpec.Matrix.BT709;
      case PRIMARIES -> color.primaries() != ColorSpec.Primaries.BT709;
      case TRANSFER -> color.transfer() != ColorSpec.Transfer.BT709;
      default -> false;
    };
  }
}
