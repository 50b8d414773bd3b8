package io.reelmux.ffmpeg.internal.video;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_INTERLACED;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_TOP_FIELD_FIRST;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;

import io.reelmux.FieldOrder;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Marks the frames of a stream: the key frames among them, and the order of their fields. Used by
 * one thread at a time.
 */
final class KeyFrames {
  private static final int FIELD_FLAGS = AV_FRAME_FLAG_INTERLACED | AV_FRAME_FLAG_TOP_FIELD_FIRST;

  private final GopPlan plan;
  private final boolean marksFixed;
  private final boolean roundedTimes;
  private final TimeBase timeBase;
  private final int fieldFlags;

  /** The multiple of the plan's interval at or after which the last such frame was. */
  private long lastMultiple = -1;

  /**
   * Decides by a plan.
   *
   * @param marksFixed whether frames are marked if the plan is fixed
   * @param roundedTimes whether times are rounded to ticks; otherwise a frame lasts one tick
   * @param order of the fields of all frames
   */
  KeyFrames(
      GopPlan plan, boolean marksFixed, TimeBase timeBase, boolean roundedTimes, FieldOrder order) {
    this.plan = plan;
    this.marksFixed = marksFixed;
    this.timeBase = timeBase;
    this.roundedTimes = roundedTimes;
    this.fieldFlags =
        switch (order) {
          case PROGRESSIVE -> 0;
          case TOP_FIRST -> FIELD_FLAGS;
          case BOTTOM_FIRST -> AV_FRAME_FLAG_INTERLACED;
        };
  }

  /**
   * Refuses to mark a frame where the plan says where all key frames are.
   *
   * @param number the frame's number, from 0
   * @throws IllegalArgumentException with those that are
   */
  void check(long number) {
    if (plan.fixed() && (plan.frames().isEmpty() || !isFixed(number))) {
      throw new IllegalArgumentException(
          "withKeyFrame on frame "
              + number
              + ": with keyFramesEvery the key frames are those "
              + (plan.frames().isPresent()
                  ? "with a multiple of " + plan.frames().getAsInt()
                  : "at or after the multiples of " + plan.interval().orElseThrow()));
    }
  }

  /**
   * Marks a frame that has its time; called once for each, in order.
   *
   * @param number the frame's number, from 0
   * @param asked whether the caller has marked it
   * @param due whether it is one whatever the plan says. Where the encoder makes one by itself, it
   *     is not marked: x264 does not look beyond a frame that is
   */
  void mark(AVFrame frame, long number, boolean asked, boolean due) {
    boolean byItself = plan.fixed() && plan.frames().isPresent() && isFixed(number);
    boolean marked = next(number, frame.pts(), asked) || (due && !byItself);
    frame.pict_type(marked ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    frame.flags((frame.flags() & ~FIELD_FLAGS) | fieldFlags);
  }

  /**
   * Returns whether to mark a frame; called once for each, in order.
   *
   * @param number the frame's number, from 0
   * @param pts its time in ticks
   * @param asked whether the caller has marked it
   */
  private boolean next(long number, long pts, boolean asked) {
    boolean planned =
        plan.interval().isPresent()
            ? isFirstOfMultiple(pts, plan.interval().get())
            : plan.fixed() && marksFixed && isFixed(number);
    // the first frame is one in any case
    return number > 0 && (planned || (asked && !plan.fixed()));
  }

  private boolean isFixed(long number) {
    return number % plan.frames().getAsInt() == 0;
  }

  private boolean isFirstOfMultiple(long pts, Duration interval) {
    long multiple =
        roundedTimes
            ? (timeBase.toDuration(pts).toNanos() + halfTick()) / interval.toNanos()
            : GopPlan.multiple(plan.first() + pts, timeBase, interval);
    boolean first = multiple > lastMultiple;
    lastMultiple = Math.max(lastMultiple, multiple);
    return first;
  }

  private long halfTick() {
    return timeBase.toDuration(1).toNanos() / 2;
  }
}
