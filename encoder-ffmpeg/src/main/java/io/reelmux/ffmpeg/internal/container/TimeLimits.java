package io.reelmux.ffmpeg.internal.container;

/**
 * The times that a container can store, in the ticks of its stream.
 *
 * @param maxGap from one decoding time to the next
 * @param maxDelay from the decoding of a frame to its presentation
 * @param maxTime the latest time
 */
public record TimeLimits(long maxGap, long maxDelay, long maxTime) {

  /** No limits. */
  public static final TimeLimits NONE =
      new TimeLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** Limits of one width: the gap, the delay and the time have so many bits. */
  static TimeLimits bits(int gap, int delay, int time) {
    return new TimeLimits(max(gap), max(delay), max(time));
  }

  private static long max(int bits) {
    return bits >= Long.SIZE ? Long.MAX_VALUE : (1L << bits) - 2;
  }
}
