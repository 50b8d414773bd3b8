package io.reelmux.ffmpeg.internal.audio;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.TimeBase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The input's clock: counts samples, and says where the next ones belong. */
final class SampleClock {
  private final AudioOptions options;
  private final TimeBase base;
  private final long tolerance;

  /** Samples added, including silence for gaps, and gaps that were kept. */
  private final AtomicLong position = new AtomicLong();

  SampleClock(AudioOptions options) {
    this.options = options;
    this.base = new TimeBase(1, options.sampleRate());
    // as many whole samples as fit: a time may be rounded by one tick of its own unit
    this.tolerance = options.timestampTolerance().toNanos() * options.sampleRate() / 1_000_000_000L;
  }

  /**
   * Refuses samples that cannot be placed.
   *
   * @throws IllegalArgumentException with both times
   */
  void check(AudioSamples samples) {
    long gap;
    try {
      gap = gap(samples);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("pts " + pts(samples) + " is beyond 2^63 samples", e);
    }
    if (gap < 0 && !options.trimOverlaps()) {
      throw new IllegalArgumentException(
          "pts "
              + pts(samples)
              + " lies before "
              + time()
              + ", the end of the samples already added, by more than timestampTolerance "
              + options.timestampTolerance()
              + "; AudioOptions.trimOverlaps cuts what overlaps");
    }
    if (gap > 0 && pts(samples).minus(time()).compareTo(options.maxGap()) > 0) {
      throw new IllegalArgumentException(
          "pts "
              + pts(samples)
              + " leaves a gap longer than maxGap "
              + options.maxGap()
              + " after "
              + time()
              + "; times count from the start of the stream, AudioOptions.maxGap allows more");
    }
  }

  private static Duration pts(AudioSamples samples) {
    return samples.pts().orElse(Duration.ZERO);
  }

  /**
   * Returns the number of samples between those already added and these; negative if they overlap;
   * 0 if they join, within the tolerance.
   */
  long gap(AudioSamples samples) {
    if (samples.pts().isEmpty()) {
      return 0;
    }
    long gap = Math.subtractExact(base.toTicks(samples.pts().get()), position.get());
    return Math.abs(gap) <= tolerance ? 0 : gap;
  }

  void advance(long samples) {
    position.addAndGet(samples);
  }

  /** Returns the number of samples, from any thread. */
  long position() {
    return position.get();
  }

  /** Returns the time of the next sample. */
  Duration time() {
    return base.toDuration(position.get());
  }
}
