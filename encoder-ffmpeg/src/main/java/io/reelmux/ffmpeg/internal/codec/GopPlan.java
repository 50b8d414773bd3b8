package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.FrameRate;
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
 */
public record GopPlan(OptionalInt frames, Optional<Duration> interval, boolean fixed) {

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  /** The encoder decides. */
  public static final GopPlan FREE = new GopPlan(OptionalInt.empty(), Optional.empty(), false);

  /** What a stream's options ask for. */
  public static GopPlan of(VideoOptions options) {
    if (options.keyFramesEvery().isPresent()) {
      return grid(options.keyFramesEvery().get(), options);
    }
    if (options.keyInterval().isEmpty()) {
      return new GopPlan(options.gop(), Optional.empty(), false);
    }
    Duration interval = options.keyInterval().get();
    if (options.variableFrameRate()) {
      return new GopPlan(OptionalInt.empty(), Optional.of(interval), false);
    }
    int frames = Math.max(1, (int) Math.round(frames(interval, options.frameRate())));
    return new GopPlan(OptionalInt.of(frames), Optional.empty(), false);
  }

  /** By number where every multiple is the time of a frame, else by time. */
  private static GopPlan grid(Duration grid, VideoOptions options) {
    FrameRate rate = options.frameRate();
    BigInteger[] frames =
        BigInteger.valueOf(grid.toNanos())
            .multiply(BigInteger.valueOf(rate.numerator()))
            .divideAndRemainder(NANOS.multiply(BigInteger.valueOf(rate.denominator())));
    boolean whole = frames[1].signum() == 0 && frames[0].bitLength() < Integer.SIZE;
    return whole && !options.variableFrameRate()
        ? new GopPlan(OptionalInt.of(frames[0].intValueExact()), Optional.empty(), true)
        : new GopPlan(OptionalInt.empty(), Optional.of(grid), true);
  }

  /** Returns how many frames are shown in a time. */
  public static double frames(Duration interval, FrameRate rate) {
    double seconds = interval.getSeconds() + interval.getNano() / 1e9;
    return seconds * rate.numerator() / rate.denominator();
  }
}
