package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentOptions.Playlists;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an HLS playlist of one track says.
 *
 * @param name its own name in the store
 * @param type which segments it names
 * @param targetSeconds TARGETDURATION
 * @param init name of the init segment; empty for transport streams
 * @param segments the complete segments
 * @param nextNumber number of the segment after them
 * @param latency what it says for low latency, if anything
 * @param programStart date and time of presentation time zero
 * @param ended whether no segment will follow
 */
record MediaPlaylist(
    String name,
    Playlists type,
    int targetSeconds,
    Optional<String> init,
    List<Segment> segments,
    long nextNumber,
    Optional<LowLatency> latency,
    Optional<Instant> programStart,
    boolean ended) {

  MediaPlaylist {
    segments = List.copyOf(segments);
  }

  /**
   * The part of a playlist that is for low latency.
   *
   * @param partTarget PART-TARGET
   * @param parts those of the segment that is not complete
   * @param hint name of the part that follows; empty if the playlist has ended
   */
  record LowLatency(Ticks partTarget, List<Part> parts, Optional<String> hint) {
    LowLatency {
      parts = List.copyOf(parts);
    }
  }

  /** Returns the index of the first segment whose parts are named. */
  int firstWithParts() {
    return Math.max(0, segments.size() - PARTS_OF);
  }

  /** Parts are named for three target durations. */
  static final int PARTS_OF = 3;
}
