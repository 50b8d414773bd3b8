package io.reelmux.reader.ffmpeg.internal.demux;

/**
 * Decides when the last frame of a stream ends, from the times of its frames in the order shown.
 *
 * <p>The duration of the last packet tells it only if durations are of showing. In MP4 and MOV they
 * are the distances of decoding times, so with B-frames at uneven distances each belongs to another
 * frame; other containers may have none, or one for the whole stream. So a duration is believed if
 * those of the other packets agree with the times of the frames. Otherwise the frame lasts until
 * the end that the container states for the stream, if there is one behind it, and else as long as
 * usual.
 */
public final class ShownTimes {

  /** Containers round times to ticks. */
  private static final long ROUNDING = 1;

  private long count;
  private long last;
  private long lastDuration;
  private long lastInterval;
  private long shortest = Long.MAX_VALUE;
  private long longest;
  private boolean agrees = true;

  /**
   * Adds a frame.
   *
   * @param pts later than that of the frame before it
   * @param duration what its packet states; 0 if it states none
   */
  public void add(long pts, long duration) {
    if (count > 0) {
      lastInterval = pts - last;
      shortest = Math.min(shortest, lastInterval);
      longest = Math.max(longest, lastInterval);
      agrees &= Math.abs(lastInterval - lastDuration) <= ROUNDING;
    }
    agrees &= duration > 0;
    last = pts;
    lastDuration = duration;
    count++;
  }

  /**
   * Returns when the last frame ends.
   *
   * @param stated what the container states
   */
  public long end(StatedEnd stated) {
    if (count == 0) {
      return 0;
    }
    long usual = usual(stated);
    long end = last + usual;
    if (stated.pts() <= last) {
      return end;
    }
    if (agrees) {
      // the last one alone may be wrong by chance
      return stated.certain() && stated.pts() - end > usual / 2 ? stated.pts() : end;
    }
    boolean rounded = isEven() && Math.abs(stated.pts() - end) <= usual / 2;
    return rounded ? end : stated.pts();
  }

  /** As long as the packet says, unless that is of decoding another frame; or as the one before. */
  private long usual(StatedEnd stated) {
    boolean believed = agrees || count == 1 || !stated.ofDecoding();
    return lastDuration > 0 && believed ? lastDuration : lastInterval;
  }

  private boolean isEven() {
    return count > 2 && longest - shortest <= 2 * ROUNDING;
  }
}
