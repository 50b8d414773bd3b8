package io.reelmux.ffmpeg.internal.av;

/** An action that may throw a checked exception. */
@FunctionalInterface
public interface ThrowingRunnable<E extends Exception> {
  /** Runs the action. */
  void run() throws E;
}
