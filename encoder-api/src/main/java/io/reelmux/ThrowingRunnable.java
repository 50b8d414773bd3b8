package io.reelmux;

/** An action that may throw a checked exception. */
@FunctionalInterface
interface ThrowingRunnable<E extends Exception> {
  void run() throws E;
}
