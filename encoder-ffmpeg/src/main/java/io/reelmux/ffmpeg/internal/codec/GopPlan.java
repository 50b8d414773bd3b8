package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.FrameRate;
import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a stream's key frames are.
 *
 * @param frames the maximum number of frames between them; empty leaves it to the encoder
 * @param interval the first frame at or after each multiple of this time is one
 * @param fixed whether they are exactly where {@code frames} or {@code interval} say, and nowhere
 *     else
 * @param first the number of the stream's first frame in the video that it is a part of
 */
public record GopPlan(OptionalInt frames, Optional<Duration> interval, boolean fixed, long first) {

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  /** The encoder decides. */
  public static final GopPlan FREE = new GopPlan(OptionalInt.empty(), Optional.empty(), false, 0);

  /**
   * What a stream's options ask for.
   *
   * @throws IllegalArgumentException if the stream is a part that does not begin with a key frame
   */
  public static GopPlan of(VideoOptions options) {
    if (options.keyFramesEvery().isPresent()) {
      return grid(options.keyFramesEvery().get(), options);
    }
    if (options.keyInterval().isEmpty()) {
      return new GopPlan(options.gop(), Optional.empty(), false, 0);
    }
    Duration interval = options.keyInterval().get();
    if (options.variableFrameRate()) {
      return new GopPlan(OptionalInt.empty(), Optional.of(interval), false, 0);
    }
    int frames = Math.max(1, (int) Math.round(frames(interval, options.frameRate())));
    return new GopPlan(OptionalInt.of(frames), Optional.empty(), false, 0);
  }

  /** By number where every multiple is the time of a frame, else by time. */
  private static GopPlan grid(Duration grid, VideoOptions options) {
    FrameRate rate = options.frameRate();
    BigInteger[] frames =
        BigInteger.valueOf(grid.toNanos())
            .multiply(BigInteger.valueOf(rate.numerator()))
            .divideAndRemainder(NANOS.multiply(BigInteger.valueOf(rate.denominator())));
    boolean whole = frames[1].signum() == 0 && frames[0].bitLength() < Integer.SIZE;
    long first = options.partFrom().orElse(0);
    requireKeyFrame(first, grid, rate);
    return whole && !options.variableFrameRate()
        ? new GopPlan(OptionalInt.of(frames[0].intValueExact()), Optional.empty(), true, first)
        : new GopPlan(OptionalInt.empty(), Optional.of(grid), true, first);
  }

  private static void requireKeyFrame(long first, Duration grid, FrameRate rate) {
    TimeBase tick = new TimeBase(rate.denominator(), rate.numerator());
    if (first > 0 && multiple(first, tick, grid) == multiple(first - 1, tick, grid)) {
      throw new IllegalArgumentException(
          "partFrom "
              + first
              + ": with keyFramesEvery "
              + grid
              + " this is not a key frame of the video, which is the first frame at or after each"
              + " multiple");
    }
  }

  /** Returns the number of whole intervals before a time. */
  public static long multiple(long ticks, TimeBase base, Duration interval) {
    return BigInteger.valueOf(ticks)
        .multiply(BigInteger.valueOf(base.numerator()))
        .multiply(NANOS)
        .divide(
            BigInteger.valueOf(base.denominator()).multiply(BigInteger.valueOf(interval.toNanos())))
        .longValueExact();
  }

  /** Returns how many frames are shown in a time. */
  public static double frames(Duration interval, FrameRate rate) {
    double seconds = interval.getSeconds() + interval.getNano() / 1e9;
    return seconds * rate.numerator() / rate.denominator();
  }
}
