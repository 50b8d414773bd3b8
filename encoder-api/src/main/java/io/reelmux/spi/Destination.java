package io.reelmux.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Receives the bytes of a container. Called by one thread at a time. */
public interface Destination {

  /**
   * Returns whether {@link #seek} is supported.
   *
   * @return false for append-only destinations
   */
  boolean seekable();

  /**
   * Returns whether {@link #read} is supported.
   *
   * @return true for files and readable channels
   */
  boolean readable();

  /**
   * Prepares the destination: creates or opens a file. Called once, after every check has passed.
   *
   * @throws IOException if the destination cannot be used
   */
  void start() throws IOException;

  /**
   * Writes the header of the container, before anything else and at its start. A destination may
   * hold it back until the next {@link #write}, {@link #read} or {@link #complete}.
   *
   * @param bytes the bytes to write
   * @throws IOException if writing fails; the exception of the caller's destination, unwrapped
   */
  default void writeHeader(ByteBuffer bytes) throws IOException {
    write(bytes);
  }

  /**
   * Writes all remaining bytes at the current position.
   *
   * @param bytes the bytes to write
   * @throws IOException if writing fails; the exception of the caller's destination, unwrapped
   */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Sets the position.
   *
   * @param position the number of bytes from the start of the container
   * @throws IOException if seeking fails
   */
  void seek(long position) throws IOException;

  /**
   * Reads at the current position.
   *
   * @param bytes receives the bytes
   * @return the number of bytes read; -1 at the end
   * @throws IOException if reading fails
   */
  int read(ByteBuffer bytes) throws IOException;

  /**
   * Called at the end of the container, with the position there. Flushes the destination, and
   * closes it if the encoder opened it.
   *
   * @throws IOException if flushing or closing fails
   */
  void complete() throws IOException;

  /**
   * Returns what the result should report about this destination, once it is complete.
   *
   * @return sentences; empty if there is nothing unusual
   */
  default List<String> notes() {
    return List.of();
  }
}
