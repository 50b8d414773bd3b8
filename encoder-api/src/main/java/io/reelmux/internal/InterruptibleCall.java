package io.reelmux.internal;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of the caller that may block: a destination or a packet listener. Tracks which thread
 * is inside, so that {@link #giveUp} can interrupt it from another thread, and only then.
 */
final class InterruptibleCall {
  private final Object monitor = new Object();
  private final String name;
  private @Nullable Thread inside;
  private boolean interrupted;
  private boolean givenUp;

  /**
   * Creates an instance that no thread is inside of.
   *
   * @param name what the code is, for messages
   */
  InterruptibleCall(String name) {
    this.name = name;
  }

  /** Interrupts the thread that is inside, and admits no more. May be called from any thread. */
  void giveUp() {
    synchronized (monitor) {
      givenUp = true;
      // a thread that gives up its own encoder is not blocked
      if (inside != null && inside != Thread.currentThread()) {
        inside.interrupt();
        interrupted = true;
      }
    }
  }

  /** Runs the caller's code, one thread at a time. */
  void run(ThrowingRunnable<IOException> action) throws IOException {
    synchronized (monitor) {
      if (givenUp) {
        throw new ClosedChannelException();
      }
      inside = Thread.currentThread();
    }
    try {
      action.run();
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      // code in Kotlin and other languages may throw undeclared checked exceptions
      throw new IOException("the " + name + " failed", e);
    } finally {
      synchronized (monitor) {
        inside = null;
        if (interrupted) {
          interrupted = false;
          // our interrupt must not outlive the call it was meant for
          Thread.interrupted();
        }
      }
    }
  }
}
