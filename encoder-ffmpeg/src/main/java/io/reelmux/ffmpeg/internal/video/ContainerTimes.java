package io.reelmux.ffmpeg.internal.video;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.ffmpeg.internal.container.TimeLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Refuses times that a container cannot store, and that FFmpeg would write differently. */
final class ContainerTimes {

  /** Where there is no container. */
  static final ContainerTimes ANY =
      new ContainerTimes(
          "", Optional.empty(), new TimeBase(1, Integer.MAX_VALUE), TimeLimits.NONE, 1, 0);

  private static final String WAY_OUT = "; mkv stores any gap";

  private final String container;
  private final Optional<String> output;
  private final TimeBase unit;
  private final TimeLimits limits;
  private final int span;
  private final int minShown;
  private long lastShown = -1;
  private int rounded;
  private int tooShort;

  private ContainerTimes(
      String container,
      Optional<String> output,
      TimeBase unit,
      TimeLimits limits,
      int span,
      int minShown) {
    this.container = container;
    this.output = output;
    this.unit = unit;
    this.limits = limits;
    this.span = span;
    this.minShown = minShown;
  }

  /**
   * The times of a container.
   *
   * @param unit of the stream in it
   * @param span number of frames from which the encoder may choose the next one to decode
   */
  static ContainerTimes of(Container container, TimeBase unit, int span) {
    return new ContainerTimes(
        container.toString(),
        container.output(),
        unit,
        container.timeLimits(),
        span,
        container.minShownTicks());
  }

  /**
   * Checks a constant frame rate.
   *
   * @throws IllegalArgumentException if frames would share a time, or are too far apart
   */
  void check(FrameRate rate) {
    double interval = 1 / rate.toDouble() * unit.denominator() / unit.numerator();
    if (interval < 1 - 1e-9) {
      throw new IllegalArgumentException(
          rate
              + " frames per second: container "
              + container
              + " counts "
              + fraction()
              + " of a second, so that frames would share a time; use mp4 or mov, or a lower rate");
    }
    if (interval > limits.maxGap()) {
      throw new IllegalArgumentException(
          rate
              + " frames per second: container "
              + container
              + " stores at most "
              + limits.maxGap()
              + " ticks of "
              + fraction()
              + " second for a frame"
              + WAY_OUT);
    }
    if (interval * span > limits.maxDelay()) {
      throw new IllegalArgumentException(
          rate
              + " frames per second: container "
              + container
              + " stores at most "
              + limits.maxDelay()
              + " ticks of "
              + fraction()
              + " second for "
              + span
              + " frames"
              + WAY_OUT);
    }
  }

  /**
   * Checks the time of a frame.
   *
   * @param time of the next frame
   * @param last times of the frames before, the newest first
   * @throws IllegalArgumentException with the times
   */
  void check(Duration time, Deque<Duration> last) {
    if (container.isEmpty() || last.isEmpty()) {
      checkLatest(time);
      return;
    }
    Duration before = last.getFirst();
    long gap = unit.toTicks(time) - unit.toTicks(before);
    if (gap < 1) {
      throw new IllegalArgumentException(
          "pts "
              + time
              + " and the frame before, at "
              + before
              + ", share a time in container "
              + container
              + ", which counts "
              + fraction()
              + " of a second; use mp4 or mov, or leave one out");
    }
    checkGap(
        "pts " + time + " is ", time.minus(before), limits.maxGap(), " after the frame before");
    Duration earliest = last.stream().limit(span).reduce((a, b) -> b).orElseThrow();
    checkGap(
        "pts " + time + " is ",
        time.minus(earliest),
        limits.maxDelay(),
        " after the frame that is " + Math.min(span, last.size()) + " before it");
    checkLatest(time);
  }

  /**
   * Checks how long a frame is shown.
   *
   * @throws IllegalArgumentException with the limit
   */
  void checkDuration(Duration duration) {
    checkGap("a duration of ", duration, limits.maxGap(), " is too long");
  }

  private void checkLatest(Duration time) {
    checkGap("pts ", time, limits.maxTime(), " is too late");
  }

  private void checkGap(String before, Duration gap, long maxTicks, String after) {
    if (maxTicks != Long.MAX_VALUE && unit.toTicks(gap) > maxTicks) {
      throw new IllegalArgumentException(
          before
              + gap
              + after
              + ": container "
              + container
              + " stores at most "
              + unit.toDuration(maxTicks)
              + WAY_OUT);
    }
  }

  private String fraction() {
    return unit.numerator() + "/" + unit.denominator();
  }

  /** Adds the time of a frame to those before. */
  void add(Duration time, Deque<Duration> last) {
    last.addFirst(time);
    if (last.size() > span) {
      last.removeLast();
    }
  }

  /** Counts what players make of the time of a frame. */
  void count(TimeBase base, long pts) {
    if (minShown == 0) {
      return;
    }
    Duration time = base.toDuration(pts);
    long ticks = unit.toTicks(time);
    rounded += time.equals(unit.toDuration(ticks)) ? 0 : 1;
    tooShort += lastShown >= 0 && ticks - lastShown < minShown ? 1 : 0;
    lastShown = ticks;
  }

  /** Reports what players show at other times than was asked. */
  void report(Notes all) {
    Notes notes = all.in(output);
    if (rounded > 0) {
      notes.add(
          rounded
              + " frames are shown up to half a tick early or late: "
              + container
              + " counts "
              + fraction()
              + " of a second");
    }
    if (tooShort > 0) {
      notes.add(
          tooShort
              + " frames are shown for less than "
              + minShown
              + " ticks of "
              + fraction()
              + " of a second, which players lengthen, browsers to 1/10");
    }
  }

  /** Returns times to which others can be added. */
  static Deque<Duration> copy(Deque<Duration> last) {
    return new ArrayDeque<>(last);
  }
}
