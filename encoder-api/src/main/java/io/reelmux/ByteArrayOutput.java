package io.reelmux;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** A seekable destination in memory: a byte array that grows as needed. Not thread-safe. */
public final class ByteArrayOutput extends SeekableOutputStream {

  /** The largest array that every JVM can allocate. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[32];
  private int position;
  private int size;

  /** Creates an empty output. */
  public ByteArrayOutput() {}

  @Override
  public void write(int value) throws IOException {
    reserve(1);
    bytes[position++] = (byte) value;
    size = Math.max(size, position);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if the output would exceed 2 GiB
   */
  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (length == 0) {
      return;
    }
    reserve(length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
    size = Math.max(size, position);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if the position is negative or beyond 2 GiB
   */
  @Override
  public void seek(long newPosition) throws IOException {
    if (newPosition < 0 || newPosition > MAX_ARRAY) {
      throw new IOException("position " + newPosition + ": must be from 0 to " + MAX_ARRAY);
    }
    position = (int) newPosition;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public boolean readable() {
    return true;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, size - position);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  /** {@code ByteArrayOutput[1024 bytes]}. */
  @Override
  public String toString() {
    return "ByteArrayOutput[" + size + " bytes]";
  }

  /** {@return the number of bytes written} */
  public int size() {
    return size;
  }

  /** {@return a copy of all bytes} */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** {@return a read-only view of all bytes, not a copy; valid until the next write} */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes, 0, size).slice().asReadOnlyBuffer();
  }

  /**
   * Writes all bytes to another stream.
   *
   * @param target the stream to write to; not closed
   * @throws IOException if writing fails
   */
  public void writeTo(OutputStream target) throws IOException {
    target.write(bytes, 0, size);
  }

  private void reserve(int more) throws IOException {
    long needed = (long) position + more;
    if (needed > MAX_ARRAY) {
      throw new IOException("a ByteArrayOutput holds at most " + MAX_ARRAY + " bytes");
    }
    if (needed > bytes.length) {
      long doubled = Math.min(2L * bytes.length, MAX_ARRAY);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }
}
