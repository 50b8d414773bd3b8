package io.reelmux;

import java.util.concurrent.locks.ReentrantLock;

/** One stream's lock, number and end. Calls for a stream run one at a time under the lock. */
final class StreamGate {
  private final StreamKind kind;
  private final int number;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int index = -1;
  private volatile boolean ended;

  StreamGate(StreamKind kind, int number) {
    this.kind = kind;
    this.number = number;
  }

  ReentrantLock lock() {
    return lock;
  }

  /** Position in the container: video streams come first. To be asked when the encoder is open. */
  int index() {
    return index;
  }

  void place(int newIndex) {
    index = newIndex;
  }

  boolean ended() {
    return ended;
  }

  void markEnded() {
    ended = true;
  }

  /** {@code video 0}, {@code audio 1}: numbered within the kind, in the order added. */
  @Override
  public String toString() {
    return (kind == StreamKind.VIDEO ? "video " : "audio ") + number;
  }
}
