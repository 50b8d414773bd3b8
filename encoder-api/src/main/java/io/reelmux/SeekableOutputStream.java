package io.reelmux;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An output stream whose write position can be moved: what a container needs that writes its index
 * last.
 */
public abstract class SeekableOutputStream extends OutputStream {

  /** For subclasses. */
  protected SeekableOutputStream() {}

  /**
   * Moves the write position. Bytes after it are overwritten by the next writes, not cut off.
   *
   * @param position bytes from the start, not negative; may lie beyond the end
   * @throws IOException if it cannot be moved
   */
  public abstract void seek(long position) throws IOException;

  /**
   * The write position.
   *
   * @return bytes from the start
   * @throws IOException if it is not known
   */
  public abstract long position() throws IOException;
}
