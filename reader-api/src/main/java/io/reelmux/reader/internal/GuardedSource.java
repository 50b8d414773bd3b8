package io.reelmux.reader.internal;

import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The source as the backend sees it: ends calls that must end, interrupts a source that blocks,
 * keeps what it throws, and checks what it returns.
 *
 * <p>The caller's source fills buffers of the JVM, which are then copied: it could keep them and
 * use them after native memory has been freed.
 */
public final class GuardedSource implements ByteSource {
  private static final int BUFFER_SIZE = 1 << 16;

  private final Lifecycle lifecycle;
  private final WeakReference<ByteSource> callers;

  /** The reader's own source, which nothing else keeps reachable; null if it is the caller's. */
  private final @Nullable ByteSource own;

  private final boolean trusted;
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  private GuardedSource(Lifecycle lifecycle, ByteSource source, boolean isOwn) {
    this.lifecycle = lifecycle;
    this.callers = new WeakReference<>(source);
    this.own = isOwn ? source : null;
    this.trusted = source instanceof TrustedSource;
  }

  /** Guards a source that the reader has opened. */
  public static GuardedSource own(Lifecycle lifecycle, ByteSource source) {
    return new GuardedSource(lifecycle, source, true);
  }

  /** Guards a source of the caller, who keeps it reachable. */
  public static GuardedSource callers(Lifecycle lifecycle, ByteSource source) {
    return new GuardedSource(lifecycle, source, false);
  }

  private ByteSource source() throws IOException {
    ByteSource source = own == null ? callers.get() : own;
    if (source == null) {
      throw new IOException("the reader was garbage-collected without having been closed");
    }
    return source;
  }

  @Override
  public long size() throws IOException {
    return guarded(() -> checkedSize(source().size()));
  }

  private static long checkedSize(long size) throws IOException {
    if (size < -1) {
      throw new IOException(
          "the source says that its size is " + size + ": must be -1 if it is not known");
    }
    return size;
  }

  @Override
  public boolean seekable() {
    ByteSource source = own == null ? callers.get() : own;
    return source != null && source.seekable();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    return guarded(
        () -> trusted ? readInto(position, target) : readThroughBuffer(position, target));
  }

  private int readThroughBuffer(long position, ByteBuffer target) throws IOException {
    ByteBuffer buffer = buffers.poll();
    if (buffer == null) {
      buffer = ByteBuffer.allocate(BUFFER_SIZE);
    }
    buffer.clear().limit(Math.min(buffer.capacity(), target.remaining()));
    int read = readInto(position, buffer);
    if (read > 0) {
      target.put(buffer.flip());
    }
    // only here: one whose read has failed may still be in use
    buffers.add(buffer);
    return read;
  }

  private int readInto(long position, ByteBuffer target) throws IOException {
    int from = target.position();
    int wanted = target.remaining();
    int read = source().read(position, target);
    if (read == 0) {
      throw misbehaved(position, "returned 0 bytes", "at least 1, or -1 at the end");
    }
    if (read < -1) {
      throw misbehaved(position, "returned " + read, "-1 at the end");
    }
    if (read > wanted) {
      throw misbehaved(position, "returned " + read + " bytes", "at most " + wanted);
    }
    int moved = target.position() - from;
    if (moved != Math.max(read, 0)) {
      throw misbehaved(
          position,
          "returned " + read + " and moved the buffer's position by " + moved,
          "both the number of bytes read");
    }
    return read;
  }

  private static IOException misbehaved(long position, String what, String must) {
    return new IOException("the source " + what + " at position " + position + ": must be " + must);
  }

  private <T> T guarded(Work<T> work) throws IOException {
    RunningCall call = lifecycle.current();
    if (call == null) {
      return work.run();
    }
    call.enterSource();
    try {
      return work.run();
    } catch (IOException | RuntimeException | Error e) {
      call.sourceFailed(e);
      throw e;
    } catch (Throwable e) {
      // code in Kotlin and other languages may throw undeclared checked exceptions
      IOException wrapped = new IOException("the source failed", e);
      call.sourceFailed(wrapped);
      throw wrapped;
    } finally {
      call.leaveSource();
    }
  }

  /** Names the source. */
  @Override
  public String toString() {
    ByteSource source = own == null ? callers.get() : own;
    return source == null ? "a source that was garbage-collected" : source.toString();
  }
}
