package io.reelmux;

import java.time.Duration;
import java.util.Objects;

/**
 * Describes an object to a {@link SegmentStore}.
 *
 * @param kind what it is
 * @param contentType MIME type, such as {@code video/mp4}
 * @param stream name of its stream, such as {@code video0}; empty if it belongs to all streams
 * @param number number of the segment, from 0. Of a media playlist: number of the first segment
 *     that is not complete when it is written
 * @param part number of the part within its segment, from 0. Of a media playlist: how many parts of
 *     the incomplete segment it names. Otherwise 0
 * @param start presentation time of the object's start; zero for playlists
 */
public record SegmentInfo(
    SegmentKind kind, String contentType, String stream, long number, int part, Duration start) {

  /** Checks that nothing is null. */
  public SegmentInfo {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(start, "start");
  }
}
