package io.reelmux;

/** How a video encoder spends its bits. */
public enum RateControl {
  /** A steady quality at whatever size it takes; set by {@code crf} or {@code quality}. */
  CONSTANT_QUALITY,
  /** {@code bitRate} on average, at most {@code maxBitRate} where that is set. */
  VARIABLE_BIT_RATE,
  /** {@code bitRate} at every moment. */
  CONSTANT_BIT_RATE
}
