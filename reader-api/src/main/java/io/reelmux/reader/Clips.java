package io.reelmux.reader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Chooses clips: frames at a regular distance, as models of video are given. The rows that are
 * returned are for {@link VideoReader#framesAt}, one row a clip.
 *
 * <p>A clip starts where it fits into the stream. If the stream is shorter than a clip, clips start
 * at the first frame, and {@link Ends} says what stands for the frames that are missing.
 */
public final class Clips {

  /** What stands for frames after the end of the stream. */
  public enum Ends {
    /** The last frame of the clip that exists, repeated. */
    REPEAT_LAST,
    /** The frames of the clip that exist, from the first one on, again and again. */
    WRAP,
    /** Nothing: a clip that does not fit is refused. */
    REFUSE
  }

  private Clips() {}

  /**
   * Returns clips whose first frames are evenly distributed over the stream: the first clip starts
   * at its start, the last one as late as it fits. If there are more clips than places, clips start
   * at the same frame.
   *
   * @param index the frames of the stream
   * @param clips the number of clips, positive
   * @param frames the frames of a clip, positive
   * @param step the distance from a frame of a clip to the next, 1 for all frames
   * @param ends what stands for frames after the end
   * @return {@code clips} rows of {@code frames} frame numbers
   * @throws IllegalArgumentException if a number is not positive, the stream has no frames, or a
   *     clip does not fit and is to be refused
   */
  public static long[][] regular(FrameIndex index, int clips, int frames, int step, Ends ends) {
    long places = places(index, clips, frames, step);
    long[][] rows = new long[clips][];
    for (int i = 0; i < clips; i++) {
      long start = clips == 1 ? 0 : (places - 1) * i / (clips - 1);
      rows[i] = clip(index, start, frames, step, ends);
    }
    return rows;
  }

  /**
   * Returns clips that start at random.
   *
   * @param index the frames of the stream
   * @param clips the number of clips, positive
   * @param frames the frames of a clip, positive
   * @param step the distance from a frame of a clip to the next, 1 for all frames
   * @param ends what stands for frames after the end
   * @param random decides where clips start
   * @return {@code clips} rows of {@code frames} frame numbers
   * @throws IllegalArgumentException if a number is not positive, the stream has no frames, or a
   *     clip does not fit and is to be refused
   */
  public static long[][] random(
      FrameIndex index, int clips, int frames, int step, Ends ends, RandomGenerator random) {
    long places = places(index, clips, frames, step);
    long[][] rows = new long[clips][];
    for (int i = 0; i < clips; i++) {
      rows[i] = clip(index, random.nextLong(places), frames, step, ends);
    }
    return rows;
  }

  /** Returns at how many frames a clip may start: the first ones. */
  private static long places(FrameIndex index, int clips, int frames, int step) {
    requirePositive("clips", clips);
    requirePositive("frames", frames);
    requirePositive("step", step);
    requireFrames(index);
    long span = (long) step * (frames - 1) + 1;
    return Math.max(index.count() - span + 1, 1);
  }

  private static long[] clip(FrameIndex index, long start, int frames, int step, Ends ends) {
    int fit = (int) Math.min(frames, (index.count() - start - 1) / step + 1);
    long[] row = new long[frames];
    for (int i = 0; i < fit; i++) {
      row[i] = start + (long) i * step;
    }
    complete(row, fit, ends);
    return row;
  }

  private static void complete(long[] row, int fit, Ends ends) {
    if (fit < row.length && ends == Ends.REFUSE) {
      throw new IllegalArgumentException(
          "a clip of "
              + row.length
              + " frames does not fit, only "
              + fit
              + " do: ask for fewer, or for Ends.REPEAT_LAST or WRAP");
    }
    for (int i = fit; i < row.length; i++) {
      row[i] = ends == Ends.WRAP ? row[i % fit] : row[fit - 1];
    }
  }

  /**
   * Returns clips at a regular distance in time, from the start of the stream on, as many as fit;
   * one if the stream is shorter than a clip. Frames are those that are shown at the times.
   *
   * @param index the frames of the stream
   * @param between the time from the start of a clip to that of the next, positive
   * @param frames the frames of a clip, positive
   * @param step the time from a frame of a clip to the next, positive
   * @param ends what stands for frames after the end
   * @return rows of {@code frames} frame numbers
   * @throws IllegalArgumentException if a number or a time is not positive, the stream has no
   *     frames, a clip does not fit and is to be refused, or there are more than a million clips
   */
  public static long[][] everySeconds(
      FrameIndex index, Duration between, int frames, Duration step, Ends ends) {
    requirePositive("between", between);
    requirePositive("frames", frames);
    requirePositive("step", step);
    requireFrames(index);
    Duration begin = index.time(0);
    Duration lastStart = index.end().minus(step.multipliedBy(frames - 1L));
    requireFew(lastStart.minus(begin), between);
    List<long[]> rows = new ArrayList<>();
    Duration start = begin;
    do {
      rows.add(clip(index, start, frames, step, ends));
      start = start.plus(between);
    } while (start.compareTo(lastStart) < 0);
    return rows.toArray(long[][]::new);
  }

  private static long[] clip(
      FrameIndex index, Duration start, int frames, Duration step, Ends ends) {
    long[] row = new long[frames];
    int fit = 0;
    Duration time = start;
    while (fit < frames && (fit == 0 || time.compareTo(index.end()) < 0)) {
      // the first frame is shown even if it has no duration
      row[fit] = fit == 0 && start.equals(index.time(0)) ? 0 : index.at(time);
      fit++;
      time = time.plus(step);
    }
    complete(row, fit, ends);
    return row;
  }

  private static void requireFew(Duration span, Duration between) {
    if (span.dividedBy(between) > 1_000_000) {
      throw new IllegalArgumentException(
          "between " + between + " gives more than a million clips: must be longer");
    }
  }

  private static void requireFrames(FrameIndex index) {
    if (index.count() == 0) {
      throw new IllegalArgumentException("the stream has no frames to choose from");
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " " + value + ": must be positive");
    }
  }

  private static void requirePositive(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " " + value + ": must be positive");
    }
  }
}
