package io.reelmux.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;

/** The caller's channel. The container starts at the channel's position. */
public final class ChannelDestination extends HostDestination {
  private final WeakCallerRef<SeekableByteChannel> channel;
  private long start;

  /** Refers weakly to the channel. */
  public ChannelDestination(SeekableByteChannel channel) {
    this.channel = new WeakCallerRef<>(channel);
  }

  @Override
  void check() throws IOException {
    if (!channel.get().isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public boolean readable() {
    try {
      return channel.get().read(ByteBuffer.allocate(0)) >= -1;
    } catch (IOException | NonReadableChannelException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public void start() throws IOException {
    SeekableByteChannel target = channel.get();
    guarded(() -> start = target.position());
  }

  @Override
  void write(byte[] bytes, int length) throws IOException {
    ByteBuffer copy = ByteBuffer.wrap(bytes, 0, length);
    SeekableByteChannel target = channel.get();
    guarded(
        () -> {
          while (copy.hasRemaining()) {
            int before = copy.remaining();
            target.write(copy);
            // not the value that write() returns: a wrong count would lose bytes or loop forever
            if (copy.remaining() >= before) {
              throw new IOException(
                  "the channel accepted none of " + before + " bytes: it must be in blocking mode");
            }
          }
        });
  }

  @Override
  public void seek(long position) throws IOException {
    SeekableByteChannel target = channel.get();
    guarded(() -> target.position(start + position));
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    int[] count = new int[1];
    SeekableByteChannel target = channel.get();
    guarded(() -> count[0] = target.read(bytes));
    return count[0];
  }

  @Override
  public void complete() {
    // a channel has nothing to flush, and closing it is up to the caller
  }

  @Override
  void discard() {}

  @Override
  void abandon() {}
}
