package io.reelmux;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of the frames of a batch.
 *
 * @param pts the presentation times of the first frames; the others follow the frame before
 * @param step the time from one frame to the next, starting at {@code pts.get(0)}, or null
 * @param duration the duration of each frame, or null
 */
record BatchTimes(List<Duration> pts, @Nullable Duration step, @Nullable Duration duration) {

  static final BatchTimes NONE = new BatchTimes(List.of(), null, null);

  BatchTimes withFirst(Duration time) {
    return new BatchTimes(List.of(VideoFrame.notNegative("pts", time)), null, duration);
  }

  BatchTimes withEach(List<Duration> times, int count) {
    List<Duration> copy = List.copyOf(times);
    if (copy.size() != count) {
      throw new IllegalArgumentException(
          "%d pts for %d frames: there must be one for each".formatted(copy.size(), count));
    }
    for (Duration time : copy) {
      VideoFrame.notNegative("pts", time);
    }
    return new BatchTimes(copy, null, duration);
  }

  BatchTimes withStep(Duration start, Duration newStep, int count) {
    VideoFrame.notNegative("pts", start);
    if (VideoFrame.notNegative("step", newStep).isZero()) {
      throw new IllegalArgumentException("step " + newStep + ": must be positive");
    }
    if (count > 0) {
      VideoFrame.notNegative("pts of the last frame", start.plus(newStep.multipliedBy(count - 1L)));
    }
    return new BatchTimes(List.of(start), newStep, duration);
  }

  BatchTimes withDuration(Duration time) {
    return new BatchTimes(pts, step, VideoFrame.notNegative("duration", time));
  }

  Optional<Duration> pts(int index) {
    if (step != null) {
      return Optional.of(pts.get(0).plus(step.multipliedBy(index)));
    }
    return index < pts.size() ? Optional.of(pts.get(index)) : Optional.empty();
  }
}
