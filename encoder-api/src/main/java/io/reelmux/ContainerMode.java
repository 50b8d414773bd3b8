package io.reelmux;

/** How a container is laid out on its destination. */
public enum ContainerMode {
  /**
   * The default. MP4 and MOV on a seekable destination are written in fragments of one second and
   * become an ordinary file when finished, so that a killed process loses at most the last second;
   * Matroska and WebM get clusters of one second. MP4 and MOV on an append-only destination are
   * {@link #FRAGMENTED}.
   */
  CRASH_SAFE,
  /** MP4 and MOV with the index first. Needs a destination that can be read back. */
  FAST_START,
  /** MP4 and MOV in fragments, also when finished: what streaming wants. */
  FRAGMENTED,
  /** The muxer's own layout; an unfinished MP4 or MOV cannot be read. */
  PLAIN
}
