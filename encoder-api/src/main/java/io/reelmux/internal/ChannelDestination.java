package io.reelmux.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/** The caller's channel. The container starts at the channel's position. */
public final class ChannelDestination extends HostDestination {
  private final WeakCallerRef<SeekableByteChannel> channel;
  private long start;

  /** Bytes that the channel holds after the end of the container. */
  private long after;

  /** Refers weakly to the channel. */
  public ChannelDestination(SeekableByteChannel channel) {
    this.channel = new WeakCallerRef<>(channel);
  }

  @Override
  void check() throws IOException {
    SeekableByteChannel target = channel.get();
    if (!target.isOpen()) {
      throw new ClosedChannelException();
    }
    if (target instanceof FileChannel file && appends(file)) {
      throw new IllegalArgumentException(
          "the channel was opened with APPEND, so that it cannot seek: open it with WRITE, or use"
              + " Channels.newOutputStream(channel)");
    }
  }

  /** Whether a file is open for appending: then its position is always the end of the file. */
  private static boolean appends(FileChannel file) throws IOException {
    long before = file.position();
    if (before != file.size()) {
      return false;
    }
    file.position(before + 1);
    boolean appends = file.position() == before;
    file.position(before);
    return appends;
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
    long wanted = start + position;
    guarded(
        () -> {
          target.position(wanted);
          long actual = target.position();
          if (actual != wanted) {
            throw new IOException(
                "the channel is at " + actual + " after position(" + wanted + "): it cannot seek");
          }
        });
  }

  @Override
  public int read(ByteBuffer bytes) throws IOException {
    int[] count = new int[1];
    SeekableByteChannel target = channel.get();
    guarded(() -> count[0] = target.read(bytes));
    return count[0];
  }

  /** A channel has nothing to flush, and closing it is up to the caller. */
  @Override
  public void complete() throws IOException {
    SeekableByteChannel target = channel.get();
    guarded(() -> after = target.size() - target.position());
  }

  @Override
  public List<String> notes() {
    return after > 0
        ? List.of(
            "the channel held "
                + after
                + " bytes more than were written; they remain after the end of the container")
        : List.of();
  }

  @Override
  void discard() {}

  @Override
  void abandon() {}
}
