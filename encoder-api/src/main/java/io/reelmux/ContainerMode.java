package io.reelmux;

/** The layout in which a container is written. */
public enum ContainerMode {
  /**
   * The default. On a seekable destination, MP4 and MOV are written in fragments of one second and
   * become a regular file when finished, so that a killed process loses at most the last second;
   * Matroska and WebM use clusters of one second. On an append-only destination, MP4 and MOV are
   * {@link #FRAGMENTED}.
   */
  CRASH_SAFE,
  /** MP4 and MOV with the index first. Requires a destination that can be read back. */
  FAST_START,
  /** MP4 and MOV in fragments, even when finished, as for streaming. */
  FRAGMENTED,
  /** The muxer's own layout; an unfinished MP4 or MOV file cannot be read. */
  PLAIN
}
