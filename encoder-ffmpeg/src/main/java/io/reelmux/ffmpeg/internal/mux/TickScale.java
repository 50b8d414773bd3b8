package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_rescale;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.TimeBase;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Changes times from one unit to another, rounded to the nearest tick. FFmpeg's own function for
 * packets takes both units as structs, which would be garbage for each packet.
 */
final class TickScale {
  private final long multiplier;
  private final long divisor;

  /** From one unit to another, which does not change from now on. */
  TickScale(TimeBase from, AVRational to) {
    multiplier = (long) from.numerator() * to.den();
    divisor = (long) from.denominator() * to.num();
  }

  /** Returns a time in the other unit. */
  long apply(long ticks) {
    return av_rescale(ticks, multiplier, divisor);
  }

  /** Changes the times of a packet, as far as they are known. */
  void apply(AVPacket packet) {
    long pts = packet.pts();
    if (pts != AV_NOPTS_VALUE) {
      packet.pts(apply(pts));
    }
    long dts = packet.dts();
    if (dts != AV_NOPTS_VALUE) {
      packet.dts(apply(dts));
    }
    long duration = packet.duration();
    if (duration > 0) {
      packet.duration(apply(duration));
    }
  }
}
