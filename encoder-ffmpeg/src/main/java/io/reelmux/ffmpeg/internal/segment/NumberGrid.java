package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.ffmpeg.internal.av.Notes;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Where DASH players with low latency look for segments: they know nothing but the clock, and ask
 * for number n when the time is {@code origin + n * length}. Reports segments that are not there.
 */
final class NumberGrid {
  private static final int DECIMALS = 3;
  private static final Duration MICROSECOND = Duration.ofNanos(1000);

  private final Duration length;
  private final Notes notes;
  private Duration origin = Duration.ZERO;

  /** Tracks whose numbers have been reported. */
  private final Set<String> reported = new HashSet<>();

  private boolean clockReported;

  /**
   * Makes a grid from time zero.
   *
   * @param length of a segment
   */
  NumberGrid(Duration length, Notes notes) {
    this.length = length;
    this.notes = notes;
  }

  /** Number 0 is the segment with the first packet, of which it contains what there is. */
  void begin(Ticks first) {
    long nanos = Math.max(0, first.toDuration().toNanos());
    origin = Duration.ofNanos(nanos / length.toNanos() * length.toNanos());
  }

  /** Returns the presentation time at which a number should begin. */
  Duration nominalStart(long number) {
    return origin.plus(length.multipliedBy(number));
  }

  /**
   * Returns the end of the presentation as players may know it: they ask each track for all numbers
   * that begin before it. So what the last segment has beyond its number, such as the rest of an
   * audio packet, does not count, nor does what only some tracks have.
   *
   * @param end of the longest track
   * @param count number of segments of the track that has the fewest
   */
  Duration end(Ticks end, long count) {
    Duration real = end.toDuration();
    Duration stated = real;
    if (stated.compareTo(nominalStart(count)) > 0) {
      stated = nominalStart(count);
    }
    // players divide in floating point, and round up
    double unit = Ticks.of(length).toDouble();
    while (Math.ceil(Ticks.of(stated.minus(origin)).toDouble() / unit) > count) {
      stated = stated.minus(MICROSECOND);
    }
    if (real.minus(stated).multipliedBy(2).compareTo(length) > 0) {
      notes.add(
          "the DASH manifest ends at %s seconds, and the last segment at %s: players with low latency do not play the rest; end all streams at the same time"
              .formatted(seconds(stated), seconds(real)));
    }
    return stated;
  }

  /**
   * Checks a segment that has been completed.
   *
   * @param zero date and time of presentation time zero
   * @param now date and time
   */
  void check(Track track, Segment segment, Instant zero, Instant now) {
    Duration start = segment.start().toDuration();
    Duration late = start.minus(nominalStart(segment.number()));
    // the first one contains what there is
    if (segment.number() > 0
        && late.abs().multipliedBy(2).compareTo(length) > 0
        && reported.add(track.name())) {
      notes.add(
          "segment %d of %s begins at %s seconds, where DASH players with low latency expect the one for %s seconds: give video no setting for key frames, or keyFramesEvery with a divisor of %s seconds, and frames without pauses"
              .formatted(
                  segment.number(),
                  track.name(),
                  seconds(start),
                  seconds(nominalStart(segment.number())),
                  seconds(length)));
    }
    checkClock(track, segment, Duration.between(zero.plus(segment.end().toDuration()), now));
  }

  private void checkClock(Track track, Segment segment, Duration behind) {
    if (!clockReported && behind.abs().compareTo(length) > 0) {
      clockReported = true;
      notes.add(
          "segment %d of %s was complete %s seconds %s its time by the clock, by which DASH players with low latency ask for it: feed frames in real time, with the times at which they were taken"
              .formatted(
                  segment.number(),
                  track.name(),
                  seconds(behind.abs()),
                  behind.isNegative() ? "before" : "after"));
    }
  }

  private static String seconds(Duration time) {
    return Ticks.of(time).seconds(DECIMALS, RoundingMode.HALF_UP).toPlainString();
  }
}
