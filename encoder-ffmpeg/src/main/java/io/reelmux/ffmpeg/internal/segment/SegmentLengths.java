package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentOptions;
import io.reelmux.SegmentOptions.Playlists;
import io.reelmux.ffmpeg.internal.av.Notes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** How long segments are, compared with what was asked for and what playlists announce. */
final class SegmentLengths {

  /** Segments whose length differs by less than this factor are of their length. */
  private static final double TOLERANCE = 1.1;

  private final SegmentOptions options;
  private final Notes notes;
  private final LongSupplier longest;

  /** Names of the tracks that have been reported, and of those among them that break the target. */
  private final Set<String> reported = new HashSet<>();

  private final Set<String> exceeding = new HashSet<>();

  /** TARGETDURATION of all playlists; 0 until the first one is about to be written. */
  private int targetSeconds;

  /**
   * Compares segments with options.
   *
   * @param longest returns the rounded duration of the longest segment so far, in seconds
   */
  SegmentLengths(SegmentOptions options, Notes notes, LongSupplier longest) {
    this.options = options;
    this.notes = notes;
    this.longest = longest;
  }

  /**
   * Returns the TARGETDURATION, which is the same in all playlists and never changes: of the
   * longest segment so far, which is all of them for video on demand.
   */
  int targetSeconds() {
    if (targetSeconds == 0) {
      int asked = Ticks.of(options.length()).seconds(0, RoundingMode.UP).intValueExact();
      targetSeconds = (int) Math.max(asked, longest.getAsLong());
    }
    return targetSeconds;
  }

  /** Reports the first segment that is longer than asked for, or than announced to players. */
  void check(Track track, Segment segment) {
    double length = Ticks.of(options.length()).toDouble();
    boolean isLong = segment.seconds() > length * TOLERANCE + track.frameSeconds();
    boolean breaks =
        options.hls()
            && options.playlists() != Playlists.VOD
            && segment.roundedSeconds() > targetSeconds();
    boolean isNews =
        (isLong && !reported.contains(track.name()))
            || (breaks && !exceeding.contains(track.name()));
    if (!isNews) {
      return;
    }
    reported.add(track.name());
    if (breaks) {
      exceeding.add(track.name());
    }
    notes.add(
        "segment %d of %s lasts %.3f seconds, longer than the %s seconds asked for: no key frame came in time; set keyFramesEvery to a divisor of that, or open the encoder with this output and no setting for key frames; packets that are copied keep their key frames%s"
            .formatted(
                segment.number(),
                track.name(),
                segment.seconds(),
                BigDecimal.valueOf(options.length().toMillis(), 3)
                    .stripTrailingZeros()
                    .toPlainString(),
                breaks
                    ? "; its playlist has announced a TARGETDURATION of %d, which cannot change anymore"
                        .formatted(targetSeconds())
                    : ""));
  }
}
