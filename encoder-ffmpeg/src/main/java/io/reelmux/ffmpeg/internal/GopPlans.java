package io.reelmux.ffmpeg.internal;

import io.reelmux.FrameRate;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.codec.GopPlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key frames of several video streams, at the same times if that is asked for. */
final class GopPlans {

  /** What peers that align key frames use if no distance is set. */
  private static final int DEFAULT_SECONDS = 2;

  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  private static final int MAX_FRAMES = 1_000_000;

  private GopPlans() {}

  /**
   * Returns a plan for each stream.
   *
   * @param aligned whether all key frames are at the same times
   * @throws IllegalArgumentException if they cannot be, naming the stream
   */
  static List<GopPlan> of(List<VideoOptions> videos, boolean aligned) {
    if (!aligned) {
      return videos.stream().map(GopPlan::of).toList();
    }
    Seconds interval = interval(videos);
    List<GopPlan> plans = new ArrayList<>();
    for (VideoOptions options : videos) {
      plans.add(GopPlan.fixed(interval.frames("video " + plans.size(), options.frameRate())));
    }
    return plans;
  }

  private static Seconds interval(List<VideoOptions> videos) {
    @Nullable Seconds common = null;
    for (int i = 0; i < videos.size(); i++) {
      VideoOptions options = videos.get(i);
      if (options.variableFrameRate()) {
        throw new IllegalArgumentException(
            "video "
                + i
                + ": alignKeyFrames needs a constant frame rate; the times of a variable one are"
                + " not known in advance");
      }
      Seconds own = Seconds.of(options);
      if (own != null && common != null && !own.equals(common)) {
        throw new IllegalArgumentException(
            "video "
                + i
                + ": alignKeyFrames with key frames every "
                + own
                + " s here and every "
                + common
                + " s in another stream; set the same keyInterval");
      }
      common = own == null ? common : own;
    }
    return common == null ? new Seconds(DEFAULT_SECONDS, 1) : common;
  }

  /** An exact time: a reduced fraction. */
  private record Seconds(long numerator, long denominator) {

    static Seconds reduced(BigInteger numerator, BigInteger denominator) {
      BigInteger common = numerator.gcd(denominator);
      return new Seconds(
          numerator.divide(common).longValueExact(), denominator.divide(common).longValueExact());
    }

    /** The distance of key frames that a stream asks for, or null. */
    static @Nullable Seconds of(VideoOptions options) {
      FrameRate rate = options.frameRate();
      if (options.gop().isPresent()) {
        BigInteger gop = BigInteger.valueOf(options.gop().getAsInt());
        return reduced(
            gop.multiply(BigInteger.valueOf(rate.denominator())),
            BigInteger.valueOf(rate.numerator()));
      }
      return options
          .keyInterval()
          .map(time -> reduced(BigInteger.valueOf(time.toNanos()), NANOS))
          .orElse(null);
    }

    /** The number of frames in this time, which must be a whole one. */
    int frames(String label, FrameRate rate) {
      BigInteger[] frames =
          BigInteger.valueOf(numerator)
              .multiply(BigInteger.valueOf(rate.numerator()))
              .divideAndRemainder(
                  BigInteger.valueOf(denominator).multiply(BigInteger.valueOf(rate.denominator())));
      boolean fits = frames[0].compareTo(BigInteger.valueOf(MAX_FRAMES)) <= 0;
      if (frames[1].signum() != 0 || frames[0].signum() == 0 || !fits) {
        throw new IllegalArgumentException(
            label
                + ": alignKeyFrames: "
                + this
                + " s is not a whole number of frames at "
                + rate
                + " frames per second; set a keyInterval or gop that is one in every stream");
      }
      return frames[0].intValueExact();
    }

    @Override
    public String toString() {
      return denominator == 1 ? Long.toString(numerator) : numerator + "/" + denominator;
    }
  }
}
