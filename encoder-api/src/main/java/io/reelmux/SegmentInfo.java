package io.reelmux;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

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
 * @param announced of a playlist or manifest with low latency: names of objects that clients may
 *     ask for although they are not there yet. A store that holds requests holds those for them,
 *     and no longer than until there is a version that announces them no more, or it is {@linkplain
 *     SegmentStore#abandon abandoned}. Empty if it is not with low latency, or the presentation has
 *     ended
 */
public record SegmentInfo(
    SegmentKind kind,
    String contentType,
    String stream,
    long number,
    int part,
    Duration start,
    Set<String> announced) {

  /** Checks that nothing is null. */
  public SegmentInfo {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(start, "start");
    announced = Set.copyOf(announced);
  }

  /**
   * Describes an object that announces nothing.
   *
   * @param kind what it is
   * @param contentType MIME type
   * @param stream name of its stream; empty if it belongs to all streams
   * @param number number of the segment
   * @param part number of the part
   * @param start presentation time of the object's start
   */
  public SegmentInfo(
      SegmentKind kind, String contentType, String stream, long number, int part, Duration start) {
    this(kind, contentType, stream, number, part, start, Set.of());
  }
}
