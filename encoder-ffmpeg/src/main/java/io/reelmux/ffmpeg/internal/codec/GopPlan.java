package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.FrameRate;
import io.reelmux.VideoOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a stream's key frames are.
 *
 * @param frames the maximum number of frames between them; empty leaves it to the encoder
 * @param interval the first frame at or after each multiple of this time is one; for a variable
 *     frame rate
 * @param fixed whether they are exactly {@code frames} apart, and nowhere else
 */
public record GopPlan(OptionalInt frames, Optional<Duration> interval, boolean fixed) {

  /** The encoder decides. */
  public static final GopPlan FREE = new GopPlan(OptionalInt.empty(), Optional.empty(), false);

  /** What a stream's options ask for. */
  public static GopPlan of(VideoOptions options) {
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

  /** A key frame at every multiple of a number of frames, and nowhere else. */
  public static GopPlan fixed(int frames) {
    return new GopPlan(OptionalInt.of(frames), Optional.empty(), true);
  }

  /** Returns how many frames are shown in a time. */
  public static double frames(Duration interval, FrameRate rate) {
    double seconds = interval.getSeconds() + interval.getNano() / 1e9;
    return seconds * rate.numerator() / rate.denominator();
  }
}
