package io.reelmux;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The caller's output stream, append-only unless it is a {@link SeekableOutputStream}. */
final class StreamDestination extends HostDestination {
  private final OutputStream stream;
  private final @Nullable SeekableOutputStream seekable;
  private byte[] scratch = new byte[0];
  private long start;

  StreamDestination(OutputStream stream) {
    this.stream = stream;
    this.seekable = stream instanceof SeekableOutputStream s ? s : null;
  }

  @Override
  public boolean seekable() {
    return seekable != null;
  }

  @Override
  public void start() throws IOException {
    if (seekable != null) {
      SeekableOutputStream target = seekable;
      guarded(() -> start = target.position());
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    if (scratch.length < length) {
      scratch = new byte[length];
    }
    bytes.get(scratch, 0, length);
    guarded(() -> stream.write(scratch, 0, length));
  }

  @Override
  public void seek(long position) throws IOException {
    if (seekable == null) {
      throw new IOException("this output stream cannot seek");
    }
    SeekableOutputStream target = seekable;
    guarded(() -> target.seek(start + position));
  }

  @Override
  public void complete() throws IOException {
    guarded(stream::flush);
  }

  @Override
  void discard() {}

  @Override
  void abandon() {}
}
