package io.reelmux.ffmpeg.internal.av;

import java.util.ArrayDeque;
import java.util.Deque;

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
   * Closes what a failed method has opened: call it from a {@code catch} block of all that the
   * method can throw, Error included. What closing throws is added to the failure as suppressed.
   */
  public static void closeAfter(Throwable failure, AutoCloseable owner) {
    try {
      owner.close();
    } catch (Exception | Error e) {
      suppress(failure, e);
    }
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
        if (first == null) {
          first = e;
        } else {
          suppress(first, e);
        }
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw new IllegalStateException("could not free a native struct", first);
    }
  }

  private static void suppress(Throwable first, Throwable next) {
    // an exception cannot suppress itself, and owners may throw the same one
    if (first != next) {
      first.addSuppressed(next);
    }
  }
}
