package io.reelmux.ffmpeg.internal.video;

import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import java.time.Duration;

/** Decides which frames of a stream are marked as key frames. Used by one thread at a time. */
final class KeyFrames {
  private final GopPlan plan;
  private final boolean marksFixed;
  private final TimeBase timeBase;

  /** The multiple of the plan's interval at or after which the last such frame was. */
  private long lastMultiple = -1;

  /**
   * Decides by a plan.
   *
   * @param marksFixed whether frames are marked if the plan is fixed
   */
  KeyFrames(GopPlan plan, boolean marksFixed, TimeBase timeBase) {
    this.plan = plan;
    this.marksFixed = marksFixed;
    this.timeBase = timeBase;
  }

  /**
   * Refuses to mark a frame that the plan does not.
   *
   * @param number the frame's number, from 0
   * @throws IllegalArgumentException with those that are
   */
  void check(long number) {
    if (plan.fixed() && !isFixed(number)) {
      throw new IllegalArgumentException(
          "withKeyFrame on frame "
              + number
              + ": with alignKeyFrames the key frames are those with a multiple of "
              + plan.frames().getAsInt());
    }
  }

  /**
   * Returns whether to mark a frame; called once for each, in order.
   *
   * @param number the frame's number, from 0
   * @param pts its time in ticks
   * @param asked whether the caller has marked it
   */
  boolean next(long number, long pts, boolean asked) {
    boolean planned =
        plan.fixed()
            ? marksFixed && isFixed(number)
            : plan.interval().isPresent() && isFirstOfMultiple(pts, plan.interval().get());
    // the first frame is one in any case
    return number > 0 && (planned || (asked && !plan.fixed()));
  }

  private boolean isFixed(long number) {
    return number % plan.frames().getAsInt() == 0;
  }

  private boolean isFirstOfMultiple(long pts, Duration interval) {
    // the frame's time has been rounded to a tick
    long halfTick = timeBase.toDuration(1).toNanos() / 2;
    long multiple = (timeBase.toDuration(pts).toNanos() + halfTick) / interval.toNanos();
    boolean first = multiple > lastMultiple;
    lastMultiple = Math.max(lastMultiple, multiple);
    return first;
  }
}
