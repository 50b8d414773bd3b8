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
   * Preserves every value of the frames; refused with encoders that have no lossless mode. If no
   * pixel format is set, it is one that holds RGB if the encoder has one; frames that it does not
   * hold exactly are refused with the formats that do. If a pixel format is set, frames are
   * converted to it, and a note says so where that is not exact.
   */
  LOSSLESS
}
