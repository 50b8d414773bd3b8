package io.reelmux.demos.transcode.copy;

import io.reelmux.demos.transcode.media.MediaStream;
import java.time.Duration;
import java.util.Optional;

/** When the frames of a stream are shown, from the time in the source that becomes 0. */
final class FrameClock {
  private static final Duration MIN_STEP = Duration.ofMillis(1);

  private final MediaStream stream;
  private final Duration origin;
  private final boolean constantRate;
  private long frames;
  private Duration last = Duration.ZERO.minus(MIN_STEP);

  /**
   * Creates a clock.
   *
   * @param origin the time in the source that becomes 0
   * @param first time of the first frame; empty if unknown
   */
  FrameClock(MediaStream stream, Duration origin, Optional<Duration> first) {
    this.stream = stream;
    this.origin = origin;
    double offset = first.map(this::sinceOrigin).orElse(0.0);
    constantRate = stream.constantRate() && offset * stream.frameRate().toDouble() < 0.5;
  }

  /** {@return whether frame n is shown at n / rate, so that no frame needs a time of its own} */
  boolean constantRate() {
    return constantRate;
  }

  /**
   * Returns when the next frame is shown.
   *
   * @param next its time in the source; empty if unknown, or at the end
   * @return seconds from the start
   */
  double seconds(Optional<Duration> next) {
    return constantRate || next.isEmpty()
        ? frames / stream.frameRate().toDouble()
        : sinceOrigin(next.get());
  }

  /**
   * Counts a frame. Damaged files have times that do not increase; the returned times do.
   *
   * @param time of the frame in the source
   * @return from the start
   */
  Duration tick(Optional<Duration> time) {
    frames++;
    Duration earliest = last.plus(MIN_STEP);
    Duration wanted = time.map(t -> t.minus(origin)).orElse(earliest);
    last = wanted.compareTo(earliest) < 0 ? earliest : wanted;
    return last;
  }

  private double sinceOrigin(Duration time) {
    return time.minus(origin).toNanos() / 1e9;
  }
}
