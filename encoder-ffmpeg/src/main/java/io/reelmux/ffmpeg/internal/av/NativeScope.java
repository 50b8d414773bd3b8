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

  /** Closes all owners, even if one of them throws. */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!owners.isEmpty()) {
      try {
        owners.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = new IllegalStateException("could not free a native struct", e);
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
