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

  /**
   * Returns whether {@link #read} works, as {@link ContainerMode#FAST_START} requires. This
   * implementation returns false.
   *
   * @return true if what was written can be read back
   */
  public boolean readable() {
    return false;
  }

  /**
   * Reads what was written, from the position on, and advances it. This implementation throws.
   *
   * @param target receives the bytes
   * @param offset the index of the first one in the array
   * @param length the maximum number of bytes
   * @return the number of bytes read; -1 at the end
   * @throws IOException if reading fails
   */
  public int read(byte[] target, int offset, int length) throws IOException {
    throw new IOException("this stream cannot be read");
  }
}
