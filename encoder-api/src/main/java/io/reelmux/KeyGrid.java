package io.reelmux;

import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.StreamId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives video streams the key frames that segments and fragments begin with. */
final class KeyGrid {

  /** More key frames than this would spoil the compression. */
  private static final BigInteger MIN_GRID = BigInteger.valueOf(500_000_000);

  /** What whoever begins to watch waits for a key frame at most. */
  private static final Duration VIEWERS = Duration.ofSeconds(2);

  private KeyGrid() {}

  /**
   * Returns the options of all encoded streams, with key frames for these outputs. Streams that
   * have a setting of their own are left alone; renditions of one stream have the same key frames.
   *
   * @throws IllegalArgumentException if segments of different lengths need too many key frames, or
   *     a stream in them has open GOPs
   */
  static List<VideoOptions> of(List<VideoStream> videos, List<OutputRequest> outputs) {
    List<VideoOptions> all = new ArrayList<>();
    videos.forEach(stream -> all.addAll(stream.encoded()));
    requireClosedGops(all, outputs);
    int first = 0;
    for (VideoStream stream : videos) {
      List<VideoOptions> encoded = all.subList(first, first + stream.encoded().size());
      if (!placesKeyFrames(stream.options())) {
        List<OutputRequest> containing = containing(first, encoded.size(), outputs);
        boolean renditions = !stream.renditions().isEmpty();
        encoded.replaceAll(
            options -> renditions ? ofRendition(options, containing) : of(options, containing));
      }
      first += encoded.size();
    }
    return all;
  }

  private static boolean placesKeyFrames(VideoOptions options) {
    return options.gop().isPresent()
        || options.keyInterval().isPresent()
        || options.keyFramesEvery().isPresent();
  }

  /** Returns the outputs that contain any of these streams. */
  private static List<OutputRequest> containing(int first, int count, List<OutputRequest> outputs) {
    List<OutputRequest> containing = new ArrayList<>();
    for (OutputRequest output : outputs) {
      for (int i = first; i < first + count; i++) {
        if (output.settings().contains(new StreamId(StreamId.Input.VIDEO, i))) {
          containing.add(output);
          break;
        }
      }
    }
    return containing;
  }

  /**
   * Checks that segments and fragments can begin with the key frames of the streams in them.
   *
   * @throws IllegalArgumentException if a stream has open GOPs
   */
  static void requireClosedGops(List<VideoOptions> videos, List<OutputRequest> outputs) {
    for (int i = 0; i < videos.size(); i++) {
      StreamId stream = new StreamId(StreamId.Input.VIDEO, i);
      if (!videos.get(i).openGop()) {
        continue;
      }
      for (OutputRequest output : outputs) {
        if (isCut(output) && output.settings().contains(stream)) {
          throw new IllegalArgumentException(
              "video %d has openGop(true), with which decoding cannot start at each key frame, as output '%s' requires: leave openGop unset, or leave the stream out with Output.only"
                  .formatted(i, output.settings().name()));
        }
      }
    }
  }

  private static boolean isCut(OutputRequest output) {
    return output instanceof OutputRequest.ToSegments
        || output instanceof OutputRequest.ToFragments;
  }

  /** One stream alone: its encoder may add key frames of its own if it cannot do otherwise. */
  private static VideoOptions of(VideoOptions options, List<OutputRequest> containing) {
    Optional<Duration> grid = grid(containing);
    if (grid.isPresent()) {
      return options.toBuilder().keyFramesEvery(grid.get()).extraKeyFrames(true).build();
    }
    boolean fragments = containing.stream().anyMatch(OutputRequest.ToFragments.class::isInstance);
    return fragments ? options.toBuilder().keyInterval(VIEWERS).build() : options;
  }

  /** A rendition: the grid is that of its peers, and key frames between would not be. */
  private static VideoOptions ofRendition(VideoOptions options, List<OutputRequest> containing) {
    return options.toBuilder().keyFramesEvery(grid(containing).orElse(VIEWERS)).build();
  }

  /**
   * Returns the times at which the segments and files of outputs begin; empty if there are none.
   */
  private static Optional<Duration> grid(List<OutputRequest> containing) {
    BigInteger segments = divisor(containing, /* rotating= */ false);
    BigInteger files = divisor(containing, /* rotating= */ true);
    if (segments.signum() > 0 && segments.compareTo(MIN_GRID) < 0) {
      throw new IllegalArgumentException(
          "the segment lengths of two outputs have no common divisor of 0.5 seconds or more:"
              + " choose others, such as 2 and 4 seconds, or set keyFramesEvery");
    }
    if (files.signum() > 0) {
      return Optional.of(rotatingGrid(segments, files));
    }
    return segments.signum() > 0 ? Optional.of(duration(segments)) : Optional.empty();
  }

  /** Returns the greatest common divisor of the lengths, in nanoseconds; 0 if there is none. */
  private static BigInteger divisor(List<OutputRequest> outputs, boolean rotating) {
    BigInteger divisor = BigInteger.ZERO;
    for (OutputRequest output : outputs) {
      if (output instanceof OutputRequest.ToSegments segments
          && segments.options().fileBytes().isPresent() == rotating) {
        divisor = divisor.gcd(BigInteger.valueOf(segments.options().length().toNanos()));
      }
    }
    return divisor;
  }

  /**
   * Files may be hours long, and end at a size as well: their key frames are as close as those for
   * viewers. A file that has no common divisor with segments ends at the next key frame.
   */
  private static Duration rotatingGrid(BigInteger segments, BigInteger files) {
    BigInteger common = segments.gcd(files);
    if (common.compareTo(MIN_GRID) < 0) {
      common = segments;
    }
    long nanos = common.longValueExact();
    long most = nanos / MIN_GRID.longValueExact();
    for (long count = -Math.floorDiv(-nanos, VIEWERS.toNanos()); count <= most; count++) {
      if (nanos > 0 && nanos % count == 0) {
        return Duration.ofNanos(nanos / count);
      }
    }
    return segments.signum() > 0 ? duration(segments) : VIEWERS;
  }

  private static Duration duration(BigInteger nanos) {
    return Duration.ofNanos(nanos.longValueExact());
  }
}
