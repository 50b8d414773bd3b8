package io.reelmux.ffmpeg.internal.segment;

import java.util.List;

/**
 * A segment that has been committed.
 *
 * @param number from 0
 * @param name its name in the store
 * @param start presentation time of its start
 * @param end presentation time at which the next one starts
 * @param bytes its size
 * @param parts its parts; empty without low latency
 */
record Segment(long number, String name, Ticks start, Ticks end, long bytes, List<Part> parts) {

  Segment {
    parts = List.copyOf(parts);
  }

  /** Returns its duration in seconds, for messages and bit rates. */
  double seconds() {
    return end.toDouble() - start.toDouble();
  }

  /** Returns its duration as TARGETDURATION counts it. */
  long roundedSeconds() {
    return Math.round(seconds());
  }
}
