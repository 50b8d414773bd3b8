package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * How long the last frame is shown, for muxers that take it from an option when the file is
 * completed, and otherwise show it as long as the frame before, whatever its packet says.
 */
final class LastDelay {
  private static final String OPTION = "final_delay";
  private static final long MAX = 65_535;
  private static final long MILLIS = 1000;

  private final Container.LastDelay form;
  private final boolean states;
  private long ticks;

  /**
   * Knows no packet.
   *
   * @param ownTimes whether frames have their own times
   * @param options of the caller, who may set it
   */
  LastDelay(Container container, boolean ownTimes, Map<String, String> options) {
    this.form = container.lastDelay();
    this.states =
        form != Container.LastDelay.OF_ITS_PACKET && ownTimes && !options.containsKey(OPTION);
  }

  /** Takes note of a packet, in the muxer's unit. */
  void take(AVPacket packet) {
    ticks = packet.duration();
  }

  /**
   * Tells the muxer.
   *
   * @param bases the units of its streams, of which it has one
   */
  void set(AVFormatContext output, List<AVRational> bases) throws EncoderException {
    if (states && ticks > 0) {
      String value =
          form == Container.LastDelay.IN_TICKS
              ? Long.toString(Math.min(ticks, MAX))
              : fraction(ticks, bases.get(0));
      new OptionSetter(output, "the container", Map.of()).set(OPTION, value);
    }
  }

  /** A fraction of two numbers of 16 bits, in seconds. */
  private static String fraction(long ticks, AVRational base) {
    BigInteger wide = BigInteger.valueOf(ticks).multiply(BigInteger.valueOf(base.num()));
    BigInteger unit = BigInteger.valueOf(base.den());
    BigInteger divisor = wide.gcd(unit);
    long numerator = wide.divide(divisor).longValue();
    long denominator = unit.divide(divisor).longValue();
    for (long nearest = MILLIS; denominator > MAX || numerator > MAX; nearest /= 10) {
      double seconds = (double) ticks * base.num() / base.den();
      denominator = Math.max(1, nearest);
      numerator = Math.round(seconds * denominator);
      if (nearest <= 1) {
        numerator = Math.min(numerator, MAX);
      }
    }
    return numerator + "/" + denominator;
  }
}
