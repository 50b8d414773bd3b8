package io.reelmux;

/** What an object in a {@link SegmentStore} is. */
public enum SegmentKind {
  /** The header of a stream, which a player reads before the stream's segments. */
  INIT,

  /** A segment, or a self-contained file of {@link SegmentOptions#rotating}. */
  SEGMENT,

  /** A part of a segment, for HLS with low latency. The segment with the same bytes follows. */
  PART,

  /** The HLS playlist of one stream. Written again as the stream grows: it must not be cached. */
  MEDIA_PLAYLIST,

  /** The HLS playlist that names the media playlists. */
  MAIN_PLAYLIST,

  /** The DASH manifest. Written again while it is live: it must not be cached. */
  MANIFEST
}
