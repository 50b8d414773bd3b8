package io.reelmux;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A destination in this JVM, whose blocked calls end by {@link #unblock} or a deadline. */
abstract class HostDestination implements Destination {
  private final CallerCode code = new CallerCode("destination");
  private @Nullable Duration deadline;

  /** Checks what can be checked without touching anything. */
  void check() throws IOException {}

  /** After a cancelled encoding: closes what is ours and deletes what we have created. */
  abstract void discard();

  /** After a failed or abandoned encoding: closes what is ours and keeps it. */
  abstract void abandon();

  /** After a refused open: what has been created is removed again, what was there is kept. */
  void withdraw() {
    abandon();
  }

  @Override
  public boolean readable() {
    return false;
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    throw new IOException("this destination cannot be read");
  }

  /**
   * From any thread: interrupts the thread that is inside the caller's code, and lets nobody in any
   * more. A file of ours is not closed under a thread that is writing: the number of its descriptor
   * could be another file's by the time of the write.
   */
  final void unblock() {
    code.giveUp();
  }

  /** Longest time that one call of the caller's code may take; null for no limit. */
  final void limit(@Nullable Duration newDeadline) {
    deadline = newDeadline;
  }

  final void guarded(CallerCode.Action action) throws IOException {
    Duration limit = deadline;
    if (limit == null) {
      code.run(action);
      return;
    }
    CompletableFuture<Boolean> watch =
        new CompletableFuture<Boolean>().orTimeout(nanos(limit), TimeUnit.NANOSECONDS);
    CompletableFuture<Void> late = watch.handle((done, timeout) -> ifLate(timeout));
    Exception failure = null;
    boolean inTime;
    try {
      code.run(action);
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      inTime = watch.complete(true);
    }
    if (!inTime) {
      late.join();
      InterruptedIOException expired =
          new InterruptedIOException("the destination took longer than " + limit);
      expired.initCause(failure);
      throw expired;
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  private static long nanos(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }

  private @Nullable Void ifLate(@Nullable Throwable timeout) {
    if (timeout != null) {
      unblock();
    }
    return null;
  }
}
