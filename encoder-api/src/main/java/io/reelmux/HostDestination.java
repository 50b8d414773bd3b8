package io.reelmux;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A destination in this JVM. {@link #unblock} or a deadline ends a call that blocks. */
abstract class HostDestination implements Destination {
  private final CallerCode code = new CallerCode("destination");
  private @Nullable Duration deadline;

  /** Checks what can be checked without changing anything. */
  void check() throws IOException {}

  /** After a canceled encoding: closes what the encoder opened and deletes what it created. */
  abstract void discard();

  /** After a failed or abandoned encoding: closes what the encoder opened and keeps it. */
  abstract void abandon();

  /** After a refused open: removes what the encoder created and keeps what existed before. */
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
   * Interrupts the thread that is inside the caller's code, and admits no more. May be called from
   * any thread. Does not close a file that a thread is writing to: its descriptor could belong to
   * another file by the time of the write.
   */
  final void unblock() {
    code.giveUp();
  }

  /** Sets how long one call of the caller's code may take; null for no limit. */
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
