package io.reelmux.ffmpeg.internal.video;

import io.reelmux.DeviceFrames;
import io.reelmux.EncoderException;
import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * The clock of a video stream: gives frames and packets their times, in ticks of the encoder's time
 * base. At a constant frame rate frames are counted; at a variable one they may have their own
 * times. Used by one thread at a time, except for {@link #frames}.
 */
final class FrameTimes {

  /** Twice the tick of Matroska and FLV, where a frame may come half a tick early or late. */
  private static final Duration ROUNDING = Duration.ofMillis(2);

  private final TimeBase timeBase;
  private final boolean variable;
  private final long defaultDuration;
  private final AtomicLong frames = new AtomicLong();

  /** Durations of the frames in the encoder by pts, where frames have their own times. */
  private final Map<Long, Long> durations = new HashMap<>();

  /** Times of the latest frames, the newest first. */
  private final Deque<Duration> latest = new ArrayDeque<>();

  private List<ContainerTimes> containers = List.of(ContainerTimes.ANY);
  private long firstPts = -1;
  private long lastPts = -1;
  private long nextPts;

  /** From the frame before the last one to the last one. */
  private long lastGap;

  private volatile long endTicks;

  /**
   * Starts at 0.
   *
   * @param frameRate gives frames their duration unless they have their own
   * @param variable whether frames may have their own times
   */
  FrameTimes(TimeBase timeBase, FrameRate frameRate, boolean variable) {
    this.timeBase = timeBase;
    this.variable = variable;
    double seconds = 1 / frameRate.toDouble();
    this.defaultDuration =
        variable
            ? Math.max(1, Math.round(seconds * timeBase.denominator() / timeBase.numerator()))
            : 1;
  }

  /** Adds what a container can store. */
  void limit(ContainerTimes times) {
    List<ContainerTimes> all = new ArrayList<>(containers);
    all.remove(ContainerTimes.ANY);
    all.add(times);
    containers = all;
  }

  /**
   * Refuses a time that does not fit.
   *
   * @param pts the next frame's own time
   * @param duration its own duration
   * @throws IllegalArgumentException with both times
   */
  void check(Optional<Duration> pts, Optional<Duration> duration) {
    check(pts, duration, lastPts, nextPts, latest);
  }

  /**
   * Refuses a batch if the time of any of its frames does not fit.
   *
   * @throws IllegalArgumentException with the times
   */
  void check(DeviceFrames batch) {
    long last = lastPts;
    long next = nextPts;
    Deque<Duration> before = ContainerTimes.copy(latest);
    for (int i = 0; i < batch.count(); i++) {
      last = check(batch.pts(i), batch.duration(), last, next, before);
      next = last + durationOf(batch.duration());
      remember(last, before);
    }
  }

  /**
   * Returns the time of a frame in ticks.
   *
   * @param last time of the frame before
   * @param next end of the frame before
   * @param before times of the frames before
   */
  private long check(
      Optional<Duration> pts,
      Optional<Duration> duration,
      long last,
      long next,
      Deque<Duration> before) {
    if (!variable && (pts.isPresent() || duration.isPresent())) {
      throw new IllegalArgumentException(
          "the frame has a time of its own, but the stream has a constant frame rate: set"
              + " VideoOptions.variableFrameRate(true)");
    }
    long ticks = pts.isPresent() ? timeBase.toTicks(pts.get()) : next;
    if (variable && ticks <= last) {
      throw new IllegalArgumentException(
          "pts %s does not rise: the frame before is at %s, and the encoder's tick is %s of a second"
              .formatted(
                  pts.orElse(Duration.ZERO),
                  timeBase.toDuration(last),
                  "1/" + timeBase.denominator()));
    }
    if (variable) {
      for (ContainerTimes container : containers) {
        container.check(timeBase.toDuration(ticks), before);
        duration.ifPresent(container::checkDuration);
      }
    }
    return ticks;
  }

  /** Reports what players show at other times than was asked. */
  void report(Notes notes) {
    containers.forEach(container -> container.report(notes));
  }

  private void count(long pts) {
    // for each frame, so without an iterator
    for (int i = 0; i < containers.size(); i++) {
      containers.get(i).count(timeBase, pts);
    }
  }

  private void remember(long pts, Deque<Duration> before) {
    if (variable) {
      // they differ in what they can store only, not in how many frames they look back
      containers.get(0).add(timeBase.toDuration(pts), before);
    }
  }

  /**
   * Refuses an end of the last frame.
   *
   * @throws IllegalArgumentException if frames have no times of their own, there is no frame, or
   *     the last one is not before the end, or it would last longer than a container can store
   */
  void checkEnd(Duration at) {
    if (!variable) {
      throw new IllegalArgumentException(
          "end "
              + at
              + ": the stream has a constant frame rate; set VideoOptions.variableFrameRate(true)");
    }
    if (lastPts < 0 || timeBase.toTicks(at) <= lastPts) {
      throw new IllegalArgumentException(
          "end "
              + at
              + ": must be after the last frame, "
              + (lastPts < 0 ? "and there is none" : "at " + timeBase.toDuration(lastPts)));
    }
    Duration last = at.minus(timeBase.toDuration(lastPts));
    containers.forEach(container -> container.checkDuration(last));
  }

  /**
   * Ends the last frame, at a time that has been checked.
   *
   * @return its duration
   */
  long end(Duration at) {
    // behind filters, ticks may be longer than those that were checked
    long duration = Math.max(1, timeBase.toTicks(at) - lastPts);
    durations.replace(lastPts, duration);
    nextPts = lastPts + duration;
    endTicks = nextPts;
    return duration;
  }

  /** Returns when the first frame is shown. */
  Duration start() {
    return timeBase.toDuration(Math.max(0, firstPts));
  }

  /** Whether it matters when the last frame ends: there are several, or it has been said. */
  boolean isTimed() {
    return frames() > 1 || endTicks - firstPts != defaultDuration;
  }

  /** Returns the pts of the last frame. */
  long lastPts() {
    return lastPts;
  }

  /** Returns a frame's duration: its own, or that of the frame rate. */
  long durationOf(Optional<Duration> duration) {
    return variable
        ? duration.map(timeBase::toTicks).filter(ticks -> ticks > 0).orElse(defaultDuration)
        : defaultDuration;
  }

  /**
   * Counts a frame whose time has been checked.
   *
   * @param pts its own time; otherwise it follows the frame before
   * @param duration ticks
   * @return its pts
   */
  long stamp(Optional<Duration> pts, long duration) {
    long ticks = variable ? ptsOf(pts) : frames.get();
    lastGap = lastPts < 0 ? duration : ticks - lastPts;
    lastPts = ticks;
    if (variable) {
      durations.put(lastPts, duration);
      remember(lastPts, latest);
    }
    count(lastPts);
    if (frames.getAndIncrement() == 0) {
      firstPts = lastPts;
    }
    nextPts = lastPts + duration;
    endTicks = Math.max(endTicks, nextPts);
    return lastPts;
  }

  /**
   * Counts a frame that filters have made, with its own time and, unless it is 0, duration.
   *
   * @throws EncoderException if the container cannot store its time
   */
  void count(AVFrame frame) throws EncoderException {
    long pts = frame.pts();
    long duration = frame.duration() > 0 ? frame.duration() : defaultDuration;
    try {
      for (ContainerTimes container : containers) {
        container.check(timeBase.toDuration(pts), latest);
        container.checkDuration(timeBase.toDuration(duration));
      }
    } catch (IllegalArgumentException e) {
      throw Av.failure(
          0, "encode a frame that the filter has made", String.valueOf(e.getMessage()), e);
    }
    lastGap = lastPts < 0 ? duration : pts - lastPts;
    lastPts = pts;
    durations.put(pts, duration);
    count(pts);
    remember(pts, latest);
    if (frames.getAndIncrement() == 0) {
      firstPts = pts;
    }
    nextPts = pts + duration;
    endTicks = Math.max(endTicks, nextPts);
  }

  /**
   * Lets the last frame last as long as the one before it.
   *
   * @return its duration
   */
  long repeatLastDuration() {
    durations.replace(lastPts, lastGap);
    nextPts = lastPts + lastGap;
    endTicks = nextPts;
    return lastGap;
  }

  /**
   * Whether the last frame lasts as long as the one before it, which is what players assume if they
   * are not told; within what containers round by.
   */
  boolean endsRegularly() {
    Duration difference = timeBase.toDuration(Math.abs(nextPts - lastPts - lastGap));
    return difference.compareTo(ROUNDING) <= 0;
  }

  /** Returns the duration of the frame with this pts, once. */
  long takeDuration(long pts) {
    Long own = variable ? durations.remove(pts) : null;
    return own == null ? defaultDuration : own;
  }

  private long ptsOf(Optional<Duration> pts) {
    return pts.map(timeBase::toTicks).orElse(nextPts);
  }

  /** Returns the unit of the times. */
  TimeBase timeBase() {
    return timeBase;
  }

  /** Returns the number of frames so far, from any thread. */
  long frames() {
    return frames.get();
  }

  /** Returns the time from 0 to the end of the last frame. */
  Duration duration() {
    return timeBase.toDuration(endTicks);
  }
}
