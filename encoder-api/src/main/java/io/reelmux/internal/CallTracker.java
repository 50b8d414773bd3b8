package io.reelmux.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which threads are inside the session, so that the last one to leave releases it, and never
 * while a native call runs. A thread that is already inside (a destination or a listener that calls
 * its own encoder) is refused.
 */
final class CallTracker {
  /** At most one thread per stream; a set would allocate for every call. */
  private final List<Thread> inside = new ArrayList<>();

  private @Nullable Runnable release;
  private boolean released;

  /**
   * Called before any lock is taken: a thread that is inside and waits for a lock could wait
   * forever.
   */
  synchronized void refuseInside(String call) {
    if (inside.contains(Thread.currentThread())) {
      throw inside(call);
    }
  }

  static IllegalStateException inside(String call) {
    return new IllegalStateException(
        call
            + " was called from inside another call of the same encoder, by its destination or"
            + " listener; only cancel() may be");
  }

  synchronized void enter(String call) {
    refuseInside(call);
    inside.add(Thread.currentThread());
  }

  void leave() {
    Runnable last;
    synchronized (this) {
      inside.remove(Thread.currentThread());
      last = takeRelease();
    }
    if (last != null) {
      last.run();
    }
  }

  /** Runs {@code action} once: now by {@code executor}, or on the thread that leaves last. */
  void releaseWhenEmpty(Runnable action, Executor executor) {
    Runnable now;
    synchronized (this) {
      if (release == null) {
        release = action;
      }
      now = takeRelease();
    }
    if (now != null) {
      executor.execute(now);
    }
  }

  synchronized boolean isReleased() {
    return released;
  }

  private @Nullable Runnable takeRelease() {
    if (release == null || released || !inside.isEmpty()) {
      return null;
    }
    released = true;
    return release;
  }
}
