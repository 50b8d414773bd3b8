package io.reelmux.reader.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** A stream that is read once, from first to last byte. */
public final class StreamingSource implements TrustedSource {
  private static final int BUFFER_SIZE = 1 << 16;

  private final InputStream stream;
  private final ReentrantLock lock = new ReentrantLock();

  /** Not the target: a stream could keep it. */
  private final byte[] buffer = new byte[BUFFER_SIZE];

  private long position;

  /** A stream that is not closed here. */
  public StreamingSource(InputStream stream) {
    this.stream = stream;
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public boolean seekable() {
    return false;
  }

  @Override
  public int read(long from, ByteBuffer target) throws IOException {
    ChannelSource.acquire(lock);
    try {
      if (from != position) {
        throw new IOException(
            "the stream can be read only once, and is at byte "
                + position
                + " instead of "
                + from
                + ": ByteSource.spooled keeps what has been read");
      }
      int wanted = Math.min(target.remaining(), buffer.length);
      int read = stream.read(buffer, 0, wanted);
      if (read > 0) {
        target.put(buffer, 0, Math.min(read, wanted));
        position += read;
      }
      return read;
    } finally {
      lock.unlock();
    }
  }

  /** Names the stream. */
  @Override
  public String toString() {
    return "the stream " + stream;
  }
}
