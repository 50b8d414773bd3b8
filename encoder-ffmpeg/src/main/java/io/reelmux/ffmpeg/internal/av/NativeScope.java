package io.reelmux.ffmpeg.internal.av;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Collects owners and closes them in reverse order. */
public final class NativeScope implements AutoCloseable {
  private final Deque<AutoCloseable> owners = new ArrayDeque<>();

  /** An empty scope. */
  public NativeScope() {}

  /** Adds an owner, which this scope will close. */
  public <T extends AutoCloseable> T add(T owner) {
    owners.push(owner);
    return owner;
  }

  /**
   * Closes all owners, even if one of them throws.
   *
   * @throws IllegalStateException if owners could not be closed, with what they threw
   */
  @Override
  public void close() {
    Throwable first = null;
    while (!owners.isEmpty()) {
      try {
        owners.pop().close();
      } catch (Exception | Error e) {
        first = join(first, e);
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw new IllegalStateException("could not free a native struct", first);
    }
  }

  private static Throwable join(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    if (first != next) {
      first.addSuppressed(next);
    }
    return first;
  }
}
