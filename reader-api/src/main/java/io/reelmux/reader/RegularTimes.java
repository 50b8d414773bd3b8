package io.reelmux.reader;

import io.reelmux.FrameRate;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The times of frames that keep a rate. A container stores them rounded to its unit, Matroska to
 * milliseconds: in a container with another unit they would be uneven.
 *
 * @param first the time of the first frame
 * @param count the number of frames
 */
record RegularTimes(Duration first, FrameRate rate, int count) {

  /** Returns the times of a reader's frames; empty if they keep no rate, or it is not known. */
  static Optional<RegularTimes> of(VideoReader reader) throws IOException {
    VideoOutput output = reader.output();
    boolean numbered = output.filter().isEmpty() && output.frameRate().isEmpty();
    Optional<FrameIndex> index = numbered ? reader.indexIfNumbered() : Optional.empty();
    return index.flatMap(
        frames ->
            VideoEncoding.constantRate(reader.info(), frames)
                .map(rate -> new RegularTimes(frames.time(0), rate, frames.count())));
  }

  /** Returns the time of a frame. */
  Duration time(long frame) {
    long units = Math.multiplyExact(frame, rate.denominator());
    long seconds = units / rate.numerator();
    long rest = units % rate.numerator();
    long nanos = Math.round(rest * 1e9 / rate.numerator());
    return first.plusSeconds(seconds).plusNanos(nanos);
  }
}
