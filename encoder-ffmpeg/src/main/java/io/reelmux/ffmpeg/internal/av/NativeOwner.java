package io.reelmux.ffmpeg.internal.av;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Owns one native struct. The subclass frees it. Owners are counted, so that tests can verify that
 * none stays open.
 */
public abstract class NativeOwner implements AutoCloseable {

  /** Set in test runs: records where each open owner was created. */
  private static final boolean TRACK = Boolean.getBoolean("reelmux.trackOwners");

  private static final AtomicLong OPEN = new AtomicLong();
  private static final Map<NativeOwner, Throwable> ORIGINS = new ConcurrentHashMap<>();

  private static volatile @Nullable Observer observer;

  private boolean closed;

  /** For tests: observes the creation and closing of owners. */
  @FunctionalInterface
  public interface Observer {
    /** Called when an owner has been created, and when one is about to free its struct. */
    void changed(NativeOwner owner, boolean open);
  }

  /** For tests: sets the observer; null removes it. */
  public static void observe(@Nullable Observer newObserver) {
    observer = newObserver;
  }

  /** Counts a new owner. The struct must have been allocated. */
  @SuppressWarnings("this-escape") // an observer sees that the owner exists, not its state
  protected NativeOwner() {
    OPEN.incrementAndGet();
    notifyObserver(true);
    if (TRACK) {
      ORIGINS.put(this, new Throwable(getClass().getSimpleName() + " was opened here"));
    }
  }

  /** Frees the struct. Called once. */
  protected abstract void free();

  /** Frees the struct. A second call has no effect. */
  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    OPEN.decrementAndGet();
    if (TRACK) {
      ORIGINS.remove(this);
    }
    try {
      notifyObserver(false);
    } finally {
      free();
    }
  }

  private void notifyObserver(boolean open) {
    Observer current = observer;
    if (current != null) {
      current.changed(this, open);
    }
  }

  /** Returns the number of open owners in this JVM. */
  public static long openCount() {
    return OPEN.get();
  }

  /**
   * Returns where the open owners were created; empty unless {@code -Dreelmux.trackOwners=true}.
   */
  public static List<Throwable> origins() {
    return List.copyOf(ORIGINS.values());
  }
}
