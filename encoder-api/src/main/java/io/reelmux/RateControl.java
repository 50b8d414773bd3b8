package io.reelmux;

/** The rate control mode of a video encoder. */
public enum RateControl {
  /** Constant quality, whatever size results; set by {@code crf} or {@code quality}. */
  CONSTANT_QUALITY,
  /** {@code bitRate} on average, limited to {@code maxBitRate} if that is set. */
  VARIABLE_BIT_RATE,
  /** {@code bitRate}, held nearly constant over a one-second buffer. */
  CONSTANT_BIT_RATE
}
