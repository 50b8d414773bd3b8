package io.reelmux.cut;

import io.reelmux.FrameRate;
import io.reelmux.VideoOptions;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the chunks of a video begin. */
final class Seams {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  /**
   * Note [key frames in a row]. H.264 numbers key frames that follow each other differently, and
   * x264 alternates between 0 and 1 from the start of a chunk. A chunk of one frame would end with
   * the number that the next one begins with, and so would any odd number of frames that are all
   * key frames.
   */
  private static final int MIN_FRAMES = 2;

  private static final int MAX_CHUNKS = 1_000_000;

  private final FrameRate rate;

  /** The distance of key frames in time; null if it is a number of frames. */
  private final @Nullable Duration grid;

  /** The distance of key frames; 1 if the encoder chooses them. */
  private final int gop;

  Seams(VideoOptions video) {
    this.rate = video.frameRate();
    this.grid = video.keyFramesEvery().orElse(null);
    this.gop =
        video
            .keyInterval()
            .map(time -> Math.max(1, (int) Math.round(frames(time))))
            .orElse(video.gop().orElse(1));
  }

  private double frames(Duration time) {
    return (time.getSeconds() + time.getNano() / 1e9) * rate.toDouble();
  }

  /** Refuses frames at which {@code keyFramesEvery} places no key frame. */
  private void requireKeyFrame(long frame) {
    if (grid != null && gopStart(multiple(frame, grid)) != frame) {
      throw new IllegalArgumentException(
          "a chunk from frame "
              + frame
              + ": with keyFramesEvery "
              + grid
              + ", the key frames before and after it are "
              + gopStart(multiple(frame, grid))
              + " and "
              + gopStart(multiple(frame, grid) + 1));
    }
  }

  private long multiple(long frame, Duration interval) {
    return BigInteger.valueOf(frame)
        .multiply(BigInteger.valueOf(rate.denominator()))
        .multiply(NANOS)
        .divide(
            BigInteger.valueOf(rate.numerator()).multiply(BigInteger.valueOf(interval.toNanos())))
        .longValueExact();
  }

  /** Returns the first frame of a GOP, if all have their full length. */
  private long gopStart(long number) {
    if (grid == null) {
      return Math.multiplyExact(number, (long) gop);
    }
    BigInteger units =
        BigInteger.valueOf(number)
            .multiply(BigInteger.valueOf(grid.toNanos()))
            .multiply(BigInteger.valueOf(rate.numerator()));
    BigInteger unit = NANOS.multiply(BigInteger.valueOf(rate.denominator()));
    return units.add(unit).subtract(BigInteger.ONE).divide(unit).longValueExact();
  }

  /** Returns the first frames of chunks that have about the same length. */
  List<Long> regular(long totalFrames, Duration chunk) {
    if (chunk.isNegative() || chunk.isZero()) {
      throw new IllegalArgumentException("chunk " + chunk + ": must be positive");
    }
    double gopFrames = grid == null ? gop : frames(grid);
    long gops = Math.max(1, Math.round(Math.min(frames(chunk), (double) totalFrames) / gopFrames));
    while (gopStart(gops) < MIN_FRAMES || (gopFrames <= 1 && gops % 2 != 0)) {
      gops++;
    }
    if (totalFrames / (gops * gopFrames) > MAX_CHUNKS) {
      throw new IllegalArgumentException(
          "chunk " + chunk + " gives more than a million chunks: must be longer");
    }
    List<Long> seams = new ArrayList<>();
    seams.add(0L);
    for (long n = gops; gopStart(n) <= totalFrames - MIN_FRAMES; n += gops) {
      seams.add(gopStart(n));
    }
    return seams;
  }

  /** Returns the first frames, with 0 among them. */
  List<Long> at(long totalFrames, long... firstFrames) {
    List<Long> seams = new ArrayList<>();
    seams.add(0L);
    for (int i = 0; i < firstFrames.length; i++) {
      if (i > 0 || firstFrames[i] != 0) {
        requireLength(firstFrames[i], seams.get(seams.size() - 1));
        requireKeyFrame(firstFrames[i]);
        seams.add(firstFrames[i]);
      }
    }
    long last = seams.get(seams.size() - 1);
    if (seams.size() > 1) {
      requireLength(totalFrames, last);
    }
    return seams;
  }

  private static void requireLength(long end, long start) {
    if (end - start < MIN_FRAMES) {
      throw new IllegalArgumentException(
          "a chunk from frame "
              + start
              + " to before frame "
              + end
              + ": first frames must rise, and a chunk must have at least "
              + MIN_FRAMES
              + " frames");
    }
  }
}
