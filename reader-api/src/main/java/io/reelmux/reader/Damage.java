package io.reelmux.reader;

/**
 * What becomes of a frame or of samples that the decoder could not decode, or decoded with errors.
 * All are counted in the {@link ReadReport}. A neighbor is never repeated in their place.
 */
public enum Damage {
  /** Reading throws a {@link DamagedFrameException}; the reader can be used again afterwards. */
  FAIL,
  /**
   * Damaged frames are left out when a file is read in order; the default. A damaged frame that is
   * asked for by its number or its time throws a {@link DamagedFrameException}.
   */
  SKIP,
  /** Damaged frames are returned as decoded; {@link ReadFrame#damaged} tells which they are. */
  KEEP
}
