package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ByteArrayOutput;
import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Sits between the muxer and the caller's destination. It holds the header back until every check
 * has passed, remembers the first failure, and writes nothing after it.
 *
 * <p>Note [the end of a crash-safe MP4]. The muxer turns the index at the start into part of the
 * media data before it writes the new index at the end: if the disk is full at that point, the
 * whole file is lost. So, while the container is being finished, data past the end is collected and
 * written first, and changes to data already written come last.
 */
final class Sink {
  private static final int AVSEEK_SIZE = 0x10000;
  private static final int AVSEEK_FORCE = 0x20000;

  private final Destination destination;

  /** The header, until {@link #commit}. */
  private @Nullable ByteArrayOutput held = new ByteArrayOutput();

  /** The data past {@link #tailStart}, while a crash-safe file is being finished. */
  private @Nullable ByteArrayOutput tail;

  private long tailStart;
  private final List<Patch> patches = new ArrayList<>();

  private long position;
  private volatile long end;
  private volatile boolean canceled;
  private @Nullable Throwable failure;

  Sink(Destination destination) {
    this.destination = destination;
  }

  /** A change to data that is already written. */
  private static final class Patch {
    private final long position;
    private final byte[] bytes;

    Patch(long position, byte[] bytes) {
      this.position = position;
      this.bytes = bytes;
    }
  }

  /** Starts the destination and writes the header. */
  void commit() throws IOException {
    ByteArrayOutput header = held;
    if (header == null) {
      return;
    }
    held = null;
    destination.start();
    ByteBuffer bytes = header.asByteBuffer();
    if (bytes.hasRemaining()) {
      destination.write(bytes);
    }
    if (destination.seekable() && position != end) {
      destination.seek(position);
    }
  }

  /** Starts deferring changes to data already written, until {@link #finishTail}. */
  void startTail() {
    tailStart = end;
    tail = new ByteArrayOutput();
  }

  /** Writes the collected data, then the changes. */
  void finishTail() throws IOException {
    ByteArrayOutput collected = tail;
    if (collected == null) {
      return;
    }
    tail = null;
    byte[] bytes = collected.toByteArray();
    MovTail.removeMvex(bytes);
    destination.seek(tailStart);
    destination.write(ByteBuffer.wrap(bytes));
    for (Patch patch : patches) {
      destination.seek(patch.position);
      destination.write(ByteBuffer.wrap(patch.bytes));
    }
  }

  /** Stops all writing. May be called from any thread. */
  void cancel() {
    canceled = true;
  }

  /** Called by the muxer: writes all bytes or throws. */
  void write(ByteBuffer bytes) throws IOException {
    requireWorking();
    int length = bytes.remaining();
    if (held != null) {
      writeTo(held, position, bytes);
    } else if (tail != null) {
      writeTail(tail, bytes);
    } else {
      destination.write(bytes);
    }
    position += length;
    end = Math.max(end, position);
  }

  private void writeTail(ByteArrayOutput collected, ByteBuffer bytes) throws IOException {
    long before = Math.min(bytes.remaining(), Math.max(0, tailStart - position));
    if (before > 0) {
      byte[] patch = new byte[(int) before];
      bytes.get(patch);
      patches.add(new Patch(position, patch));
    }
    if (bytes.hasRemaining()) {
      writeTo(collected, Math.max(0, position - tailStart), bytes);
    }
  }

  private static void writeTo(ByteArrayOutput target, long at, ByteBuffer bytes)
      throws IOException {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    target.seek(at);
    target.write(copy);
  }

  /** Called by the muxer: moves the position, or returns the length of the data. */
  long seek(long offset, int whence) throws IOException {
    if ((whence & AVSEEK_SIZE) != 0) {
      return end;
    }
    requireWorking();
    long target =
        switch (whence & ~AVSEEK_FORCE) {
          case 0 -> offset;
          case 1 -> position + offset;
          case 2 -> end + offset;
          default -> throw new IOException("unknown seek " + whence);
        };
    if (target < 0) {
      throw new IOException("seek to " + target);
    }
    if (held == null && tail == null) {
      destination.seek(target);
    }
    position = target;
    return target;
  }

  /** Reads from the destination, for a muxer that moves its data. */
  int read(long at, ByteBuffer bytes) throws IOException {
    requireWorking();
    destination.seek(at);
    int count = destination.read(bytes);
    destination.seek(position);
    return count;
  }

  private void requireWorking() throws IOException {
    if (canceled) {
      throw new CancellationException("the encoder has been canceled");
    }
    if (failure != null) {
      throw new IOException("the destination has already failed", failure);
    }
  }

  /** Remembers the first failure. */
  void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  boolean works() {
    return failure == null && !canceled;
  }

  /** Rethrows the first failure, which is the caller's own exception. */
  void check() throws IOException {
    Throwable cause = failure;
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    if (cause != null) {
      throw new IOException("the destination failed", cause);
    }
  }

  boolean seekable() {
    return destination.seekable();
  }

  /** Returns the bytes written so far. May be called from any thread. */
  long size() {
    return end;
  }

  Destination destination() {
    return destination;
  }
}
