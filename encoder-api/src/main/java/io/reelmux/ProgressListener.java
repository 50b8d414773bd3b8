package io.reelmux;

/**
 * Is told after each call that added something, on the caller's thread, and once after the end.
 * With several feeding threads calls may overlap. An exception comes out of that call and changes
 * nothing.
 */
@FunctionalInterface
public interface ProgressListener {

  /**
   * Takes the state after a call.
   *
   * @param progress totals so far
   */
  void onProgress(Progress progress);
}
