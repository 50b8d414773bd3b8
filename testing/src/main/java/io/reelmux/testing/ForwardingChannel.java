package io.reelmux.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Forwards all calls to another channel; subclasses override what they observe or break. */
public abstract class ForwardingChannel implements SeekableByteChannel {
  private final SeekableByteChannel target;

  /** Creates a channel that forwards to the target. */
  protected ForwardingChannel(SeekableByteChannel target) {
    this.target = target;
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    return target.read(buffer);
  }

  @Override
  public int write(ByteBuffer buffer) throws IOException {
    return target.write(buffer);
  }

  @Override
  public long position() throws IOException {
    return target.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    target.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return target.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    target.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return target.isOpen();
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
