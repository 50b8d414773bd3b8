package io.reelmux.reader.internal;

import io.reelmux.internal.NetworkAddress;
import io.reelmux.internal.OpenFiles;
import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file, which no encoder of this process may open to write until it is closed. Not read through a
 * {@code FileChannel}, which a single interrupt would close permanently.
 */
public final class FileSource implements TrustedSource {
  private static final int BUFFER_SIZE = 1 << 16;

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private final OpenFiles.Claim claim;

  private FileSource(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
    this.claim = OpenFiles.reading(path, this);
  }

  /** Opens a regular file. */
  public static ByteSource open(Path path) throws IOException {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          path
              + " is not in the default file system: open it with Files.newByteChannel and"
              + " ByteSource.of(channel)");
    }
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString(), null, hint(path));
    }
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a directory: must be a file");
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException(
          path
              + " is a pipe or a device: read it with Files.newInputStream and"
              + " ByteSource.spooled or ByteSource.streaming");
    }
    return new FileSource(path, new RandomAccessFile(path.toFile(), "r"));
  }

  private static @Nullable String hint(Path path) {
    return NetworkAddress.isIn(path.toString())
        ? "a Path is a file, never a network address: MediaReader.openUrl(URI) reads those, and"
            + " ByteSource.spooled what another client downloads"
        : null;
  }

  @Override
  public synchronized long size() throws IOException {
    return file.length();
  }

  @Override
  public synchronized int read(long position, ByteBuffer target) throws IOException {
    file.seek(position);
    if (target.hasArray()) {
      int read =
          file.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
      target.position(target.position() + Math.max(read, 0));
      return read;
    }
    int read = file.read(buffer, 0, Math.min(buffer.length, target.remaining()));
    if (read > 0) {
      target.put(buffer, 0, read);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    try (claim) {
      file.close();
    }
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return path.toString();
  }
}
