package io.reelmux;

/**
 * Receives progress after each call that adds something, on the caller's thread, and once after the
 * encoder has finished. If several threads feed the encoder, calls may overlap. An exception is
 * thrown from the caller's call and has no other effect.
 */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Receives the totals after a call.
   *
   * @param progress totals so far
   */
  void onProgress(Progress progress);
}
