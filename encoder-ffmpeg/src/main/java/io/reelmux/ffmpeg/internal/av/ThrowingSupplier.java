package io.reelmux.ffmpeg.internal.av;

/** An action with a result that may throw a checked exception. */
@FunctionalInterface
public interface ThrowingSupplier<T, E extends Exception> {
  /** Returns the result. */
  T get() throws E;
}
