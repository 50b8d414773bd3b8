package io.reelmux.reader;

import io.reelmux.reader.internal.BufferSource;
import io.reelmux.reader.internal.ChannelSource;
import io.reelmux.reader.internal.FileSource;
import io.reelmux.reader.internal.SpooledSource;
import io.reelmux.reader.internal.StreamingSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the bytes of a file come from. The SPI of sources: implement it to read from anything, such
 * as an object store.
 *
 * <p>A reader calls its source from the threads that call the reader; if several streams of a file
 * are read on several threads, so is the source. An exception that it throws comes out of the call
 * that met it, unchanged. A source that blocks is interrupted by {@link MediaReader#cancel}, {@link
 * MediaReader#close} and {@link Limits#deadline}. It must not call its own reader, except {@code
 * cancel()}.
 */
public interface ByteSource extends Closeable {

  /**
   * Returns a file. {@link MediaReader#open(Path)} does the same and closes it. Until then no
   * encoder of this process can be opened to write it.
   *
   * @param path a regular file of the default file system
   * @return a source that the caller closes
   * @throws IllegalArgumentException if the path is in another file system
   * @throws IOException if it does not exist, is a directory, a pipe or a device, or cannot be
   *     opened
   */
  static ByteSource of(Path path) throws IOException {
    return FileSource.open(Objects.requireNonNull(path, "path"));
  }

  /**
   * Returns the bytes between a buffer's position and limit, which do not change. Nothing is
   * copied. A mapped file that shrinks while it is read ends in an {@link InternalError}.
   *
   * @param bytes heap, direct or mapped
   * @return a source that need not be closed
   */
  static ByteSource of(ByteBuffer bytes) {
    return new BufferSource(Objects.requireNonNull(bytes, "bytes"));
  }

  /**
   * Returns the bytes of a channel. A {@link java.nio.channels.FileChannel} is read at positions,
   * by several threads at once; its own position does not change. The position of any other channel
   * does, and one thread reads it at a time. An interrupt closes a {@code FileChannel}: {@link
   * MediaReader#cancel} may do so.
   *
   * @param channel remains the caller's
   * @return a source that does not close the channel
   */
  static ByteSource of(SeekableByteChannel channel) {
    return new ChannelSource(Objects.requireNonNull(channel, "channel"));
  }

  /**
   * Returns the bytes of a stream, for files of any container: what has been read is kept, and can
   * be read again. The size is known once the end has been reached.
   *
   * @param stream remains the caller's
   * @param memoryBytes how many bytes are kept in memory, 0 to 1 GiB; those after them are kept in
   *     a temporary file
   * @param folder where the temporary file is created; it is deleted when the source is closed,
   *     where the system allows it as soon as it is created
   * @return a source that the caller closes; does not close the stream
   * @throws IllegalArgumentException if a value is out of range, or the folder is none
   */
  static ByteSource spooled(InputStream stream, int memoryBytes, Path folder) {
    Objects.requireNonNull(stream, "stream");
    if (memoryBytes < 0 || memoryBytes > 1 << 30) {
      throw new IllegalArgumentException(
          "memoryBytes " + memoryBytes + ": must be 0 to " + (1 << 30));
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + ": must be a folder");
    }
    return new SpooledSource(stream, memoryBytes, folder);
  }

  /**
   * Returns the bytes of a stream that is read once and not kept. Frames can only be read in order,
   * and files whose index is at their end, such as most MP4 files, cannot be read at all: use
   * {@link #spooled}.
   *
   * @param stream remains the caller's
   * @return a source that does not close the stream
   */
  static ByteSource streaming(InputStream stream) {
    return new StreamingSource(Objects.requireNonNull(stream, "stream"));
  }

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
