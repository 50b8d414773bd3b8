package io.reelmux;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An output stream with a movable write position, as needed by containers that are completed by
 * overwriting earlier bytes.
 */
public abstract class SeekableOutputStream extends OutputStream {

  /** For subclasses. */
  protected SeekableOutputStream() {}

  /**
   * Sets the write position. Later writes overwrite the bytes after it; nothing is truncated.
   *
   * @param position bytes from the start, not negative; may lie beyond the end
   * @throws IOException if seeking fails
   */
  public abstract void seek(long position) throws IOException;

  /**
   * Returns the write position.
   *
   * @return bytes from the start
   * @throws IOException if the position cannot be determined
   */
  public abstract long position() throws IOException;
}
