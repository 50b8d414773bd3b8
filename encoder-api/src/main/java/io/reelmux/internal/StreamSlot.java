package io.reelmux.internal;

import io.reelmux.StreamKind;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** A stream's lock, number and end. Calls for a stream run one at a time under the lock. */
public final class StreamSlot {
  private final StreamKind kind;
  private final int number;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean ended;

  /** A stream that has not ended. */
  public StreamSlot(StreamKind kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Position among the streams of its kind, in the order added. */
  public int number() {
    return number;
  }

  boolean ended() {
    return ended;
  }

  void markEnded() {
    ended = true;
  }

  /** {@code video 0}, {@code audio 1}, {@code subtitle 0}. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + number;
  }
}
