package io.reelmux;

import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.StreamId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gives video streams the key frames that segments and fragments begin with. */
final class KeyGrid {

  /** More key frames than this would spoil the compression. */
  private static final Duration MIN_GRID = Duration.ofMillis(500);

  private static final Duration FRAGMENTS = Duration.ofSeconds(2);

  private KeyGrid() {}

  /**
   * Returns the options with key frames for these outputs; those that have a setting of their own
   * are left alone.
   *
   * @throws IllegalArgumentException if segments of different lengths need too many key frames
   */
  static List<VideoOptions> of(List<VideoOptions> videos, List<OutputRequest> outputs) {
    List<VideoOptions> all = new ArrayList<>();
    for (int i = 0; i < videos.size(); i++) {
      VideoOptions options = videos.get(i);
      boolean own =
          options.gop().isPresent()
              || options.keyInterval().isPresent()
              || options.keyFramesEvery().isPresent()
              || options.openGop();
      all.add(own ? options : of(new StreamId(StreamId.Input.VIDEO, i), options, outputs));
    }
    return all;
  }

  private static VideoOptions of(
      StreamId stream, VideoOptions options, List<OutputRequest> outputs) {
    BigInteger grid = BigInteger.ZERO;
    boolean fragments = false;
    for (OutputRequest output : outputs) {
      boolean contains = output.settings().only().map(only -> only.contains(stream)).orElse(true);
      if (contains
          && output instanceof OutputRequest.ToSegments segments
          && segments.options().fileBytes().isEmpty()) {
        grid = grid.gcd(BigInteger.valueOf(segments.options().length().toNanos()));
      }
      fragments |= contains && output instanceof OutputRequest.ToFragments;
    }
    if (grid.signum() > 0) {
      Duration interval = Duration.ofNanos(grid.longValueExact());
      if (interval.compareTo(MIN_GRID) < 0) {
        throw new IllegalArgumentException(
            "the segment lengths of two outputs have no common divisor of 0.5 seconds or more:"
                + " choose others, such as 2 and 4 seconds, or set keyFramesEvery");
      }
      return options.toBuilder().keyFramesEvery(interval).build();
    }
    return fragments ? options.toBuilder().keyInterval(FRAGMENTS).build() : options;
  }
}
