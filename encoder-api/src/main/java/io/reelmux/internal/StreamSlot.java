package io.reelmux.internal;

import java.util.concurrent.locks.ReentrantLock;

/** A stream's lock, number and end. Calls for a stream run one at a time under the lock. */
public final class StreamSlot {
  private final String kind;
  private final int number;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean ended;

  /**
   * A stream that has not ended.
   *
   * @param kind {@code video}, for messages
   */
  public StreamSlot(String kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Position among the streams that were added by the same method, in the order added. */
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
    return kind + " " + number;
  }
}
