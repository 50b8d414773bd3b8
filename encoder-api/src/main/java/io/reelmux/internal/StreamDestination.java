package io.reelmux.internal;

import io.reelmux.SeekableOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The caller's output stream, append-only unless it is a {@link SeekableOutputStream}. */
public final class StreamDestination extends HostDestination {
  private final WeakCallerRef<OutputStream> stream;
  private final @Nullable WeakCallerRef<SeekableOutputStream> seekable;
  private long start;

  /** Refers weakly to the stream. */
  public StreamDestination(OutputStream stream) {
    this.stream = new WeakCallerRef<>(stream);
    this.seekable = stream instanceof SeekableOutputStream s ? new WeakCallerRef<>(s) : null;
  }

  @Override
  public boolean seekable() {
    return seekable != null;
  }

  @Override
  public void start() throws IOException {
    if (seekable != null) {
      SeekableOutputStream target = seekable.get();
      guarded(() -> start = target.position());
    }
  }

  @Override
  void write(byte[] bytes, int length) throws IOException {
    OutputStream target = stream.get();
    guarded(() -> target.write(bytes, 0, length));
  }

  @Override
  public void seek(long position) throws IOException {
    if (seekable == null) {
      throw new IOException("this output stream cannot seek");
    }
    SeekableOutputStream target = seekable.get();
    guarded(() -> target.seek(start + position));
  }

  @Override
  public boolean readable() {
    try {
      return seekable != null && seekable.get().readable();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    if (seekable == null) {
      throw new IOException("this output stream cannot be read");
    }
    SeekableOutputStream target = seekable.get();
    byte[] copy = new byte[bytes.remaining()];
    int[] count = new int[1];
    guarded(() -> count[0] = target.read(copy, 0, copy.length));
    if (count[0] > 0) {
      bytes.put(copy, 0, count[0]);
    }
    return count[0];
  }

  @Override
  public void complete() throws IOException {
    guarded(stream.get()::flush);
  }

  @Override
  void discard() {}

  @Override
  void abandon() {}
}
