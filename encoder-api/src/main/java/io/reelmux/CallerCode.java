package io.reelmux;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The door to a piece of the caller's code that may block: a destination or a packet listener.
 * Knows which thread is inside, so that {@link #giveUp} can interrupt it from another thread, and
 * only then.
 */
final class CallerCode {
  private final Object monitor = new Object();
  private final String name;
  private @Nullable Thread inside;
  private boolean interrupted;
  private boolean givenUp;

  /**
   * Nobody is inside yet.
   *
   * @param name what the code is, for messages
   */
  CallerCode(String name) {
    this.name = name;
  }

  /** Work inside the caller's code. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /** From any thread: interrupts the thread that is inside, and lets nobody in any more. */
  void giveUp() {
    synchronized (monitor) {
      givenUp = true;
      // one that gives up its own encoder does not wait for anything
      if (inside != null && inside != Thread.currentThread()) {
        inside.interrupt();
        interrupted = true;
      }
    }
  }

  /** Runs the caller's code, one thread at a time. */
  void run(Action action) throws IOException {
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
      // Kotlin and others throw checked exceptions that nobody has declared
      throw new IOException("the " + name + " failed", e);
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
