package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.RateControl;
import java.util.List;
import java.util.Set;

/** DNxHD: all frames have the same size, which the bit rate states. */
final class ConstantRate extends EncoderProfile {

  private ConstantRate(String encoder) {
    super(encoder);
  }

  static List<EncoderProfile> profiles() {
    return List.of(new ConstantRate("dnxhd"));
  }

  @Override
  Set<RateControl> rateControls() {
    return Set.of(RateControl.CONSTANT_BIT_RATE);
  }
}
