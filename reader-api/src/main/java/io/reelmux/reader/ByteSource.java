package io.reelmux.reader;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of a file come from. The SPI of sources: implement it to read from anything, such
 * as an object store.
 *
 * <p>A reader calls its source from the threads that call the reader; if several streams of a file
 * are read on several threads, so is the source. An exception that it throws comes out of the call
 * that met it, unchanged.
 */
public interface ByteSource extends Closeable {

  /**
   * Returns the number of bytes.
   *
   * @return the size; -1 if it is not known, as for a stream
   * @throws IOException if it cannot be determined
   */
  long size() throws IOException;

  /**
   * Reads bytes at a position, at least one unless the end has been reached.
   *
   * @param position from 0; for a source that is not seekable, the sum of what has been read
   * @param target receives the bytes at its position, which moves by their number
   * @return the number of bytes read, 1 to {@code target.remaining()}; -1 at or after the end
   * @throws IOException if reading fails
   */
  int read(long position, ByteBuffer target) throws IOException;

  /**
   * Returns whether any position may be read.
   *
   * @return false if bytes can be read once, from first to last
   */
  default boolean seekable() {
    return true;
  }

  /**
   * Releases the source. Whoever made the source calls it; a {@link MediaReader} closes only those
   * that it has made itself.
   *
   * @throws IOException if closing fails
   */
  @Override
  default void close() throws IOException {}
}
