package io.reelmux;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The caller's output stream, append-only unless it is a {@link SeekableOutputStream}. */
final class StreamDestination extends HostDestination {
  private final CallerObject<OutputStream> stream;
  private final @Nullable CallerObject<SeekableOutputStream> seekable;
  private long start;

  StreamDestination(OutputStream stream) {
    this.stream = new CallerObject<>(stream);
    this.seekable = stream instanceof SeekableOutputStream s ? new CallerObject<>(s) : null;
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
  public void complete() throws IOException {
    guarded(stream.get()::flush);
  }

  @Override
  void discard() {}

  @Override
  void abandon() {}
}
