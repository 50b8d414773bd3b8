package io.reelmux.internal;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A destination in this JVM. {@link #unblock} or a deadline ends a call that blocks. */
public abstract sealed class HostDestination implements Destination
    permits ChannelDestination, FileDestination, StreamDestination {
  private final InterruptibleCall call = new InterruptibleCall("destination");
  private @Nullable Duration deadline;
  private byte[] scratch = new byte[0];

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
   * Writes a copy: code that keeps what it is given must not see freed native memory through it.
   */
  @Override
  public final void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    if (scratch.length < length) {
      scratch = new byte[length];
    }
    bytes.get(scratch, 0, length);
    write(scratch, length);
  }

  /** Writes the first {@code length} bytes of an array, which is reused for the next write. */
  abstract void write(byte[] bytes, int length) throws IOException;

  /**
   * Interrupts the thread that is inside the caller's code, and admits no more. May be called from
   * any thread. Does not close a file that a thread is writing to: its descriptor could belong to
   * another file by the time of the write.
   */
  final void unblock() {
    call.giveUp();
  }

  /** Sets how long one call of the caller's code may take; null for no limit. */
  final void limit(@Nullable Duration newDeadline) {
    deadline = newDeadline;
  }

  final void guarded(ThrowingRunnable<IOException> action) throws IOException {
    Duration limit = deadline;
    if (limit == null) {
      call.run(action);
      return;
    }
    Deadline watch = Deadline.watch(limit, this::unblock);
    try (watch) {
      call.run(action);
    } catch (IOException | RuntimeException e) {
      if (watch.expired()) {
        throw tooLate(limit, e);
      }
      throw e;
    }
    if (watch.expired()) {
      throw tooLate(limit, null);
    }
  }

  private static InterruptedIOException tooLate(Duration limit, @Nullable Exception cause) {
    InterruptedIOException expired =
        new InterruptedIOException("the destination took longer than " + limit);
    expired.initCause(cause);
    return expired;
  }
}
