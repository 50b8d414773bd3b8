package io.reelmux;

/**
 * A scale of speed for all encoders that can trade speed for size. Each level maps to the chosen
 * encoder's own setting; docs/rate.md has the table.
 */
public enum Speed {
  /** As fast as the encoder can; the largest files. */
  FASTEST,
  /** For live encoding on a few cores. */
  FAST,
  /** The usual compromise. */
  MEDIUM,
  /** Smaller files, in a few times the time of {@link #MEDIUM}. */
  SLOW,
  /** The smallest files that are reasonable, in many times the time of {@link #MEDIUM}. */
  SLOWEST
}
