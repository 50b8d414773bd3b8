package io.reelmux.ffmpeg.internal.segment;

import java.time.Duration;

/** The bit rates of a track, as players have to know them. */
final class MeasuredRate {
  private static final double BITS = 8.0;

  private final double lengthSeconds;
  private final long asked;
  private long peak;
  private long bytes;
  private Ticks start = Ticks.of(Duration.ZERO);
  private Ticks end = start;

  /**
   * A rate of which nothing has been measured.
   *
   * @param length that segments should have
   * @param asked the bit rate that the encoder was asked for; 0 if there is none
   */
  MeasuredRate(Duration length, long asked) {
    this.lengthSeconds = Ticks.of(length).toDouble();
    this.asked = asked;
  }

  /** Adds the next segment. */
  void add(Segment segment) {
    if (segment.number() == 0) {
      start = segment.start();
    }
    end = segment.end();
    bytes += segment.bytes();
    double seconds = segment.seconds();
    // the last one may be a frame or two, which say little about the rate
    if (seconds > 0 && (peak == 0 || seconds * 2 >= lengthSeconds)) {
      peak = Math.max(peak, Math.round(segment.bytes() * BITS / seconds));
    }
  }

  /** Returns the highest rate, at least the average: short segments at the end can be below it. */
  long peak() {
    return Math.max(average(), peak);
  }

  /** Returns the rate to expect while segments may follow: at least that which was asked for. */
  long expectedPeak() {
    return Math.max(peak(), asked);
  }

  /** Returns the average rate, at least 1. */
  long average() {
    double seconds = end.toDouble() - start.toDouble();
    return Math.max(1, seconds > 0 ? Math.round(bytes * BITS / seconds) : asked);
  }
}
