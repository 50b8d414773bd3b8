package io.reelmux;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A destination in this JVM. Remembers which thread is inside the caller's code, so that {@link
 * #unblock} can interrupt it from another thread, and only then.
 */
abstract class HostDestination implements Destination {
  private final Object monitor = new Object();
  private @Nullable Thread inside;
  private boolean interrupted;

  /** Work inside the caller's code. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /** Checks what can be checked without touching anything. */
  void check() throws IOException {}

  /** After a cancelled encoding: closes what is ours and deletes what we have created. */
  abstract void discard();

  /** After a failed or abandoned encoding: closes what is ours and keeps it. */
  abstract void abandon();

  /** Closes a channel of ours that a thread may be blocked in. */
  void closeOwn() {}

  @Override
  public boolean readable() {
    return false;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    throw new IOException("this destination cannot be read");
  }

  /** From any thread: interrupts the thread that is inside the caller's code. */
  final void unblock() {
    synchronized (monitor) {
      if (inside != null) {
        inside.interrupt();
        interrupted = true;
      }
    }
    closeOwn();
  }

  final void guarded(Action action) throws IOException {
    synchronized (monitor) {
      inside = Thread.currentThread();
    }
    try {
      action.run();
    } finally {
      synchronized (monitor) {
        inside = null;
        if (interrupted) {
          interrupted = false;
          // our own interrupt must not outlive the call it was meant for
          Thread.interrupted();
        }
      }
    }
  }
}
