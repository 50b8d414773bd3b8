package io.reelmux.examples;

import java.time.Duration;
import java.util.Optional;

/** When the pictures of a stream are shown, from the time in the source that becomes 0. */
final class FrameClock {
  private static final Duration LEAST_STEP = Duration.ofMillis(1);

  private final MediaStream stream;
  private final Duration origin;
  private final boolean steady;
  private long frames;
  private Duration last = Duration.ZERO.minus(LEAST_STEP);

  /**
   * A clock.
   *
   * @param origin the time in the source that becomes 0
   * @param first time of the first picture; empty if the source does not say
   */
  FrameClock(MediaStream stream, Duration origin, Optional<Duration> first) {
    this.stream = stream;
    this.origin = origin;
    double offset = first.map(this::sinceOrigin).orElse(0.0);
    steady = stream.constantRate() && offset * stream.frameRate().toDouble() < 0.5;
  }

  /** {@return whether frame n is shown at n / rate, so that no frame needs a time of its own} */
  boolean steady() {
    return steady;
  }

  /**
   * When the next picture is shown.
   *
   * @param next its time in the source; empty if the source does not say, or has ended
   * @return seconds from the start
   */
  double seconds(Optional<Duration> next) {
    return steady || next.isEmpty()
        ? frames / stream.frameRate().toDouble()
        : sinceOrigin(next.get());
  }

  /**
   * Counts a picture. Damaged files have times that do not rise; these do.
   *
   * @param time of the picture in the source
   * @return from the start
   */
  Duration tick(Optional<Duration> time) {
    frames++;
    Duration least = last.plus(LEAST_STEP);
    Duration wanted = time.map(t -> t.minus(origin)).orElse(least);
    last = wanted.compareTo(least) < 0 ? least : wanted;
    return last;
  }

  private double sinceOrigin(Duration time) {
    return time.minus(origin).toNanos() / 1e9;
  }
}
