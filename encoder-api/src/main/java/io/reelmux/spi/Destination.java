package io.reelmux.spi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a container go. One call at a time. */
public interface Destination {

  /**
   * Whether {@link #seek} works.
   *
   * @return false for append-only destinations
   */
  boolean seekable();

  /**
   * Whether {@link #read} works.
   *
   * @return true for files and readable channels
   */
  boolean readable();

  /**
   * Makes the destination ready: creates or empties a file. Called once, when every check has
   * passed.
   *
   * @throws IOException if it cannot be used
   */
  void start() throws IOException;

  /**
   * Writes all remaining bytes at the position.
   *
   * @param bytes what to write
   * @throws IOException if that fails; the caller's own exception
   */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Moves the position.
   *
   * @param position bytes from where the container starts
   * @throws IOException if that fails
   */
  void seek(long position) throws IOException;

  /**
   * Reads at the position.
   *
   * @param bytes filled as far as there are bytes
   * @return number of bytes, -1 at the end
   * @throws IOException if that fails
   */
  int read(ByteBuffer bytes) throws IOException;

  /**
   * Flushes; closes what the encoder has opened itself.
   *
   * @throws IOException if that fails
   */
  void complete() throws IOException;
}
