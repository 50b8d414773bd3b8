package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.StreamKind;
import java.math.BigInteger;
import java.util.List;

/** The streams whose frames have their own times, or may pause. */
final class OwnTimes {

  private OwnTimes() {}

  /**
   * Returns whether only the next packet of each stream tells how long the one before lasts. Copied
   * packets may have no durations, and other distances than the frame rate that their stream
   * states.
   */
  static boolean[] of(List<MuxStream> streams) {
    boolean[] result = new boolean[streams.size()];
    for (int i = 0; i < result.length; i++) {
      MuxStream stream = streams.get(i);
      boolean copiedVideo = stream.copied() && stream.kind() == StreamKind.VIDEO;
      result[i] = haveOwnTimes(stream) || copiedVideo || stream.mayPause();
    }
    return result;
  }

  /** Returns whether the frames of any stream have their own times. */
  static boolean anyOf(List<MuxStream> streams) {
    return streams.stream().anyMatch(OwnTimes::haveOwnTimes);
  }

  /** Returns whether each stream is audio that may pause. */
  static boolean[] pausing(List<MuxStream> streams) {
    boolean[] result = new boolean[streams.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = streams.get(i).mayPause();
    }
    return result;
  }

  private static boolean haveOwnTimes(MuxStream stream) {
    return stream.kind() == StreamKind.VIDEO && stream.frameRate().isEmpty();
  }

  /** Returns ticks per second that can express each of these times; 1 if 32 bits cannot hold it. */
  static int commonUnit(List<MuxStream> streams) {
    BigInteger unit = BigInteger.ONE;
    for (MuxStream stream : streams) {
      if (haveOwnTimes(stream)) {
        BigInteger ticks = BigInteger.valueOf(stream.timeBase().denominator());
        unit = unit.divide(unit.gcd(ticks)).multiply(ticks);
      }
    }
    return unit.bitLength() < Integer.SIZE ? unit.intValue() : 1;
  }
}
