package io.reelmux.cut;

import io.reelmux.reader.ByteSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Opens a file, or whatever has its bytes, each time it is read. */
@FunctionalInterface
public interface SourceOpener {

  /**
   * Opens the source.
   *
   * @return a source that can seek; closed by whoever has called this
   * @throws IOException if it cannot be opened
   */
  ByteSource open() throws IOException;

  /**
   * Returns an opener of a file.
   *
   * @param file a regular file of the default file system
   * @return the opener
   */
  static SourceOpener of(Path file) {
    Objects.requireNonNull(file, "file");
    return () -> ByteSource.of(file);
  }
}
