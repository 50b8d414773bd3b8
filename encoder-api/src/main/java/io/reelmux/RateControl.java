package io.reelmux;

/** The rate control mode of a video encoder. */
public enum RateControl {
  /** Constant quality, whatever size results; set by {@code crf} or {@code quality}. */
  CONSTANT_QUALITY,
  /** A constant quantizer for every frame, set by {@code qp}; for tests and comparisons. */
  CONSTANT_QP,
  /** {@code bitRate} on average, limited to {@code maxBitRate} if that is set. */
  VARIABLE_BIT_RATE,
  /**
   * {@code bitRate}, held nearly constant over {@code bufferSize}, by default one second. Frames
   * that need fewer bits are not padded; libx264 does that with the option {@code nal-hrd=cbr}.
   */
  CONSTANT_BIT_RATE
}
