package io.reelmux.reader.internal;

import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel of the caller: read at positions if it is a {@link FileChannel}, otherwise under a lock
 * that guards its position.
 */
public final class ChannelSource implements ByteSource {
  private final SeekableByteChannel channel;
  private final ReentrantLock lock = new ReentrantLock();

  /** A channel that is not closed here. */
  public ChannelSource(SeekableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    if (channel instanceof FileChannel file) {
      return file.read(target, position);
    }
    acquire(lock);
    try {
      return channel.position(position).read(target);
    } finally {
      lock.unlock();
    }
  }

  /** Acquires a lock, whose owner may be blocked, unless the thread is interrupted. */
  static void acquire(ReentrantLock lock) throws InterruptedIOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another thread reads the source");
    }
  }

  /** Names the channel. */
  @Override
  public String toString() {
    return "the channel " + channel;
  }
}
