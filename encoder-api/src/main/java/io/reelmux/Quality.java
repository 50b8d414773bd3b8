package io.reelmux;

/**
 * One scale over all encoders. Each level is mapped to the constant-quality setting that the chosen
 * encoder has (crf, cq, qp or quantiser scale), so that the same word looks about the same.
 */
public enum Quality {
  /** Smallest files, visible artefacts. */
  LOWEST,
  /** Small files for previews. */
  LOW,
  /** The encoder's usual default. */
  MEDIUM,
  /** Hard to tell from the source. */
  HIGH,
  /** For further editing. */
  HIGHEST,
  /**
   * Every sample of the encoder's pixel format is kept exactly; refused by encoders that cannot.
   */
  LOSSLESS
}
