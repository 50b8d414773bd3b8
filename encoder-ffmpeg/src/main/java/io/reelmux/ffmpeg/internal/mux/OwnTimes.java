package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.StreamKind;
import java.math.BigInteger;
import java.util.List;

/** The streams whose frames have their own times, or may pause. */
final class OwnTimes {

  private OwnTimes() {}

  /** Returns whether a frame of each stream may end before the next one starts. */
  static boolean[] of(List<MuxStream> streams) {
    boolean[] result = new boolean[streams.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = haveOwnTimes(streams.get(i)) || streams.get(i).mayPause();
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
