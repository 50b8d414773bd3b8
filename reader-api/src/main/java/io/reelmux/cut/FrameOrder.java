package io.reelmux.cut;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** The frames of consecutive packets: which packet is which frame. */
final class FrameOrder {
  private final TimeBase timeBase;
  private final long[] sorted;
  private final int[] ranks;
  private final long firstDts;

  /**
   * Puts frames in the order of their times.
   *
   * @param timeBase the unit of the times
   * @param pts when each packet is shown, in the order of decoding; at least one
   * @param firstDts when the first packet is decoded
   */
  FrameOrder(TimeBase timeBase, long[] pts, long firstDts) {
    this.timeBase = timeBase;
    this.firstDts = firstDts;
    sorted = pts.clone();
    Arrays.sort(sorted);
    ranks = new int[pts.length];
    for (int i = 0; i < pts.length; i++) {
      ranks[i] = Arrays.binarySearch(sorted, pts[i]);
    }
  }

  /** The number of the frame that a packet holds, from 0. */
  int rank(int packet) {
    return ranks[packet];
  }

  int count() {
    return ranks.length;
  }

  /** Returns what is wrong with the times of frames that should have a rate. */
  Optional<String> irregular(FrameRate rate) {
    // a tick of the stream, in units of which a frame is a whole number
    BigInteger tick = product(timeBase.numerator(), rate.numerator());
    BigInteger frame = product(timeBase.denominator(), rate.denominator());
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return Optional.of("two frames have the time " + timeBase.toDuration(sorted[i]));
      }
      BigInteger is = tick.multiply(BigInteger.valueOf(sorted[i] - sorted[0]));
      BigInteger shouldBe = frame.multiply(BigInteger.valueOf(i));
      if (is.subtract(shouldBe).abs().compareTo(tick) > 0) {
        return Optional.of(
            "frame "
                + i
                + " is "
                + timeBase.toDuration(sorted[i] - sorted[0])
                + " after the first one, which is not at "
                + rate
                + " frames per second");
      }
    }
    return Optional.empty();
  }

  private static BigInteger product(long a, long b) {
    return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
  }

  /** Returns by how many frames decoding must be ahead, or is. */
  long delay(FrameRate rate) {
    double frames =
        (double) (sorted[0] - firstDts)
            * timeBase.numerator()
            / timeBase.denominator()
            * rate.toDouble();
    long delay = Math.round(frames);
    for (int i = 0; i < ranks.length; i++) {
      delay = Math.max(delay, i - ranks[i]);
    }
    return delay;
  }
}
