package io.reelmux.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs code of the caller that may block: a destination or a packet listener. Tracks which thread
 * is inside, so that {@link #giveUp} or a deadline can interrupt it from another thread, and only
 * then.
 */
final class InterruptibleCall {
  private final Object monitor = new Object();
  private final String name;
  private @Nullable Thread inside;
  private boolean interrupted;
  private boolean givenUp;
  private volatile @Nullable Duration limit;
  private volatile @Nullable Consumer<InterruptedIOException> onOverdue;

  /**
   * Creates an instance that no thread is inside of.
   *
   * @param name what the code is, for messages
   */
  InterruptibleCall(String name) {
    this.name = name;
  }

  /** Sets how long one call may take; null for no limit. */
  void limit(@Nullable Duration newLimit) {
    limit = newLimit;
  }

  /** Sets who is told, on a thread of its own, that a call exceeds the limit and goes on. */
  void onOverdue(Consumer<InterruptedIOException> action) {
    onOverdue = action;
  }

  /** Whether the calling thread is inside. */
  boolean isInside() {
    synchronized (monitor) {
      return inside == Thread.currentThread();
    }
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

  /** Runs the caller's code, one thread at a time, and no longer than the limit. */
  void run(ThrowingRunnable<IOException> action) throws IOException {
    Duration most = limit;
    if (most == null) {
      runUnlimited(action);
      return;
    }
    Deadline watch = Deadline.watch(most, () -> expire(most));
    try (watch) {
      runUnlimited(action);
    } catch (IOException | RuntimeException e) {
      if (watch.expired()) {
        throw tooLate(most, e);
      }
      throw e;
    }
    if (watch.expired()) {
      throw tooLate(most, null);
    }
  }

  private void expire(Duration most) {
    giveUp();
    Consumer<InterruptedIOException> action = onOverdue;
    if (action != null) {
      Thread told = new Thread(() -> action.accept(tooLate(most, null)), "reelmux-deadline");
      told.setDaemon(true);
      told.start();
    }
  }

  private InterruptedIOException tooLate(Duration most, @Nullable Exception cause) {
    InterruptedIOException expired =
        new InterruptedIOException("the " + name + " took longer than " + most);
    expired.initCause(cause);
    return expired;
  }

  private void runUnlimited(ThrowingRunnable<IOException> action) throws IOException {
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
