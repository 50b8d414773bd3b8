package io.reelmux.ffmpeg.internal.av;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Owns one native struct: the subclass names the function that frees it. Owners are counted, so
 * that tests can show that none stays open.
 */
public abstract class NativeOwner implements AutoCloseable {

  /** Set for test runs: remembers where each open owner was made. */
  private static final boolean TRACK = Boolean.getBoolean("reelmux.trackOwners");

  private static final AtomicLong OPEN = new AtomicLong();
  private static final Map<NativeOwner, Throwable> ORIGINS = new ConcurrentHashMap<>();

  private static volatile @Nullable Observer observer;

  private boolean closed;

  /** For tests: is told of each owner that is made and closed. */
  @FunctionalInterface
  public interface Observer {
    /** An owner was made, or is about to free its struct. */
    void changed(NativeOwner owner, boolean open);
  }

  /** For tests: sets the observer; null takes it away. */
  public static void observe(@Nullable Observer newObserver) {
    observer = newObserver;
  }

  /** Counts a new owner. Called when the struct has been allocated. */
  @SuppressWarnings("this-escape") // an observer sees that there is an owner, and nothing of it
  protected NativeOwner() {
    OPEN.incrementAndGet();
    tell(true);
    if (TRACK) {
      ORIGINS.put(this, new Throwable(getClass().getSimpleName() + " was opened here"));
    }
  }

  /** Frees the struct. Called once. */
  protected abstract void free();

  /** Frees the struct; a second call does nothing. */
  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    tell(false);
    free();
    OPEN.decrementAndGet();
    if (TRACK) {
      ORIGINS.remove(this);
    }
  }

  private void tell(boolean open) {
    Observer current = observer;
    if (current != null) {
      current.changed(this, open);
    }
  }

  /** Owners that are open in this JVM. */
  public static long openCount() {
    return OPEN.get();
  }

  /** Where the open owners were made; empty unless {@code -Dreelmux.trackOwners=true}. */
  public static List<Throwable> origins() {
    return List.copyOf(ORIGINS.values());
  }
}
