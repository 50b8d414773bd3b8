package io.reelmux;

/**
 * What becomes of the time between samples and the next ones, if these say by {@link
 * AudioSamples#withPts} that they start later.
 */
public enum AudioGaps {
  /**
   * Silence is encoded. The audio starts at 0 and has no holes, so that it stays with the video in
   * every container and player.
   */
  FILL,

  /**
   * Nothing is encoded: the timestamps jump, and the audio starts at its first sample's time. Only
   * silence that completes an encoder's frame is added before the hole. Refused at {@code open...}
   * if the container has no timestamps to say so.
   */
  KEEP
}
