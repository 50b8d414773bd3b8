package io.reelmux.reader.internal;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What calls run on, one at a time: a stream reader, a cursor of packets, or the file itself. All
 * but the lock and the name is guarded by the monitor of {@link Lifecycle}.
 */
public final class Part {
  private final String name;
  private final boolean canFail;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Runnable release;
  private @Nullable RunningCall running;
  private @Nullable Throwable failure;
  private boolean closing;
  private boolean released;

  private Part(String name, boolean canFail) {
    this.name = name;
    this.canFail = canFail;
  }

  /**
   * Returns a stream, whose first failure ends it, with nothing to release yet.
   *
   * @param name {@code video 0}, for messages
   */
  public static Part stream(String name) {
    return new Part(name, true);
  }

  /** Returns the file: a stream that cannot be opened does not prevent others. */
  public static Part file() {
    return new Part("the file", false);
  }

  ReentrantLock lock() {
    return lock;
  }

  void releasedBy(Runnable action) {
    release = action;
  }

  @Nullable RunningCall running() {
    return running;
  }

  void running(@Nullable RunningCall call) {
    running = call;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void failed(Throwable cause) {
    if (canFail && failure == null) {
      failure = cause;
    }
  }

  boolean closing() {
    return closing;
  }

  void close() {
    closing = true;
  }

  boolean released() {
    return released;
  }

  /** Returns what releases it, once; does nothing if there is nothing. */
  Runnable takeRelease() {
    Runnable action = released ? null : release;
    released = true;
    return action == null ? () -> {} : action;
  }

  /** {@code video 0}. */
  @Override
  public String toString() {
    return name;
  }
}
