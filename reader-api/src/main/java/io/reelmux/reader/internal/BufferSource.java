package io.reelmux.reader.internal;

import io.reelmux.internal.MappedMemory;
import java.nio.ByteBuffer;

/**
 * Bytes in memory. Read by the JVM's own copy, which survives a mapped file that shrinks: it throws
 * an {@link InternalError}.
 */
public final class BufferSource implements TrustedSource {
  private final ByteBuffer bytes;

  /** The bytes between position and limit. */
  public BufferSource(ByteBuffer bytes) {
    this.bytes = bytes.slice();
  }

  @Override
  public long size() {
    return bytes.capacity();
  }

  @Override
  public int read(long position, ByteBuffer target) {
    if (position >= bytes.capacity()) {
      return -1;
    }
    int count = (int) Math.min(target.remaining(), bytes.capacity() - position);
    target.put(target.position(), bytes, (int) position, count);
    if (bytes.isDirect()) {
      MappedMemory.raiseFault();
    }
    target.position(target.position() + count);
    return count;
  }

  /** {@code 1024 bytes in memory}. */
  @Override
  public String toString() {
    return bytes.capacity() + " bytes in memory";
  }
}
