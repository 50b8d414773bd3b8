package io.reelmux;

/**
 * A quality scale for all encoders. Each level maps to the chosen encoder's constant-quality
 * setting (crf, cq, qp or quantizer scale), and is meant to look similar with every encoder.
 */
public enum Quality {
  /** Smallest files, visible artifacts. */
  LOWEST,
  /** Small files for previews. */
  LOW,
  /** Good quality at a moderate size. */
  MEDIUM,
  /** Hard to tell from the source. */
  HIGH,
  /** For further editing. */
  HIGHEST,
  /**
   * Preserves every value of the encoder's pixel format exactly; refused with encoders that have no
   * lossless mode.
   */
  LOSSLESS
}
