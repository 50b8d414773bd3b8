package io.reelmux;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A destination in this JVM. Remembers which thread is inside the caller's code, so that {@link
 * #cancel} can interrupt it from another thread, and only then.
 */
abstract class HostDestination implements Destination {
  private final Object monitor = new Object();
  private @Nullable Thread inside;
  private boolean interrupted;
  private boolean cancelled;
  private @Nullable Duration deadline;

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

  /** From any thread: the caller's code is left if a thread is inside, and never entered again. */
  final void cancel() {
    synchronized (monitor) {
      cancelled = true;
    }
    unblock();
  }

  /** Refuses to touch anything after {@link #cancel}. */
  final void requireWanted() {
    synchronized (monitor) {
      if (cancelled) {
        throw new CancellationException("the encoder has been cancelled");
      }
    }
  }

  private void unblock() {
    synchronized (monitor) {
      if (inside != null) {
        inside.interrupt();
        interrupted = true;
      }
    }
    closeOwn();
  }

  /** Longest time that one call of the caller's code may take; null for no limit. */
  final void limit(@Nullable Duration newDeadline) {
    deadline = newDeadline;
  }

  final void guarded(Action action) throws IOException {
    Duration limit = deadline;
    if (limit == null) {
      run(action);
      return;
    }
    CompletableFuture<Boolean> watch =
        new CompletableFuture<Boolean>().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    CompletableFuture<Boolean> late = watch.whenComplete((done, timeout) -> ifLate(timeout));
    try {
      run(action);
    } catch (IOException e) {
      if (late.isCompletedExceptionally()) {
        InterruptedIOException expired =
            new InterruptedIOException("the destination took longer than " + limit);
        expired.initCause(e);
        throw expired;
      }
      throw e;
    } finally {
      watch.complete(true);
    }
  }

  private void ifLate(@Nullable Throwable timeout) {
    if (timeout != null) {
      unblock();
    }
  }

  private void run(Action action) throws IOException {
    synchronized (monitor) {
      requireWanted();
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
