package io.reelmux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;

/** The caller's channel. The container starts at the channel's position. */
final class ChannelDestination extends HostDestination {
  private final SeekableByteChannel channel;
  private long start;

  ChannelDestination(SeekableByteChannel channel) {
    this.channel = channel;
  }

  @Override
  void check() throws IOException {
    if (!channel.isOpen()) {
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
      return channel.read(ByteBuffer.allocate(0)) >= -1;
    } catch (IOException | NonReadableChannelException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public void start() throws IOException {
    guarded(() -> start = channel.position());
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    guarded(
        () -> {
          while (bytes.hasRemaining()) {
            int before = bytes.remaining();
            channel.write(bytes);
            // not what write() returns: a wrong count would lose bytes or never end
            if (bytes.remaining() >= before) {
              throw new IOException("the channel took none of " + before + " bytes: it must block");
            }
          }
        });
  }

  @Override
  public void seek(long position) throws IOException {
    guarded(() -> channel.position(start + position));
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    int[] count = new int[1];
    guarded(() -> count[0] = channel.read(bytes));
    return count[0];
  }

  @Override
  public void complete() {
    // a channel has nothing to flush, and it is the caller's to close
  }

  @Override
  void discard() {}

  @Override
  void abandon() {}
}
