package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.spi.Destination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sits between the muxer and the caller's destination: knows the muxer's position, remembers the
 * first failure, and writes nothing after it or after {@link #cancel}.
 *
 * <p>A sink lives as long as its {@link Muxer} and passes through up to three stages. Until {@link
 * #releaseHeader} it keeps the header in memory, so that a container that refuses its streams
 * leaves the destination alone. Then it writes directly. {@link #deferTail} begins the end of a
 * crash-safe MP4.
 *
 * <p>All methods are called under the lock of the {@link OutputPipeline}, except {@link #cancel}
 * and {@link #size}, which any thread may call.
 */
final class Sink {
  private static final int AVSEEK_SIZE = 0x10000;
  private static final int AVSEEK_FORCE = 0x20000;

  private final boolean seekable;
  private final HeldHeader header = new HeldHeader();
  private SinkStage stage = header;
  private @Nullable Destination destination;
  private long position;
  private volatile long end;
  private volatile boolean canceled;
  private @Nullable Throwable failure;

  /**
   * A sink that has no destination yet.
   *
   * @param seekable whether the muxer may seek
   */
  Sink(boolean seekable) {
    this.seekable = seekable;
  }

  /** Starts the destination; the header stays in memory until {@link #releaseHeader}. */
  void start(Destination started) throws IOException {
    try {
      started.start();
      destination = started;
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  /**
   * Writes the header to the destination, once. From then on everything is written directly.
   *
   * @param change completes the header, but keeps its length
   */
  void releaseHeader(UnaryOperator<byte[]> change) throws IOException {
    Destination target = destination;
    if (stage != header || target == null) {
      return;
    }
    requireWorking();
    try {
      byte[] bytes = change.apply(header.bytes());
      if (bytes.length > 0) {
        target.writeHeader(ByteBuffer.wrap(bytes));
      }
      if (seekable && position != end) {
        target.seek(position);
      }
      stage = new DirectWrites(target, position);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  /**
   * Defers the end of a crash-safe MP4, and changes to what is already written.
   *
   * @param change changes the end before it is written
   */
  void deferTail(Consumer<byte[]> change) {
    stage = new DeferredTail(stage, end, change);
  }

  /** Writes what was deferred and completes the destination. */
  void complete() throws IOException {
    try {
      stage.complete(end);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
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
    stage.write(position, bytes);
    position += length;
    end = Math.max(end, position);
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
    stage.seek(target);
    position = target;
    return target;
  }

  /** Reads from the destination, for a muxer that moves its data. */
  int read(long at, ByteBuffer bytes) throws IOException {
    requireWorking();
    int count = stage.read(at, bytes);
    stage.seek(position);
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
    return seekable;
  }

  /** Returns the bytes written so far. May be called from any thread. */
  long size() {
    return end;
  }
}
