package io.reelmux.internal;

/**
 * An action that may throw a checked exception.
 *
 * @param <E> the exception
 */
@FunctionalInterface
public interface ThrowingRunnable<E extends Exception> {
  /** Runs the action. */
  void run() throws E;
}
