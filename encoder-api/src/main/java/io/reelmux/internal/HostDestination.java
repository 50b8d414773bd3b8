package io.reelmux.internal;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A destination in this JVM. {@link #call} ends a call that blocks. */
public abstract sealed class HostDestination implements Destination
    permits ChannelDestination, FileDestination, StreamDestination {
  private final InterruptibleCall call = new InterruptibleCall("destination");
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

  /** Whether it holds what existed before the encoding, which writing or completing replaces. */
  boolean keepsOld() {
    return false;
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
   * The calls of the caller's code. Giving them up does not close a file that a thread is writing
   * to: its descriptor could belong to another file by the time of the write.
   */
  final InterruptibleCall call() {
    return call;
  }

  final void guarded(ThrowingRunnable<IOException> action) throws IOException {
    call.run(action);
  }
}
