package io.reelmux.testing;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * An empty channel that is always open and stays at position 0; subclasses define only {@code
 * write}.
 */
public abstract class WriteOnlyChannel implements SeekableByteChannel {

  @Override
  public int read(ByteBuffer target) {
    return -1;
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    return this;
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    return this;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
