package io.reelmux.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that a command writes. It has a name of its own beside its place until it is complete,
 * so that a failure leaves neither half a file nor takes away the one that was there.
 */
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path part;
  private volatile boolean complete;

  private PartFile(Path target, Path part) {
    this.target = target;
    this.part = part;
  }

  /**
   * Chooses the name.
   *
   * @throws FileAlreadyExistsException if the file exists and must not be replaced
   * @throws FileSystemException if it is not a regular file
   */
  static PartFile of(Path output, boolean overwrite) throws IOException {
    Path target = output;
    if (Files.exists(output)) {
      if (!overwrite) {
        throw new FileAlreadyExistsException(output.toString());
      }
      if (!Files.isRegularFile(output)) {
        throw new FileSystemException(output.toString(), null, "is not a regular file");
      }
      // of a symbolic link, the file that it refers to: the link stays
      target = output.toRealPath();
    }
    return new PartFile(target, free(target));
  }

  /** The extension stays: it names the container. */
  private static Path free(Path target) {
    String name = String.valueOf(target.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    String extension = dot < 0 ? "" : name.substring(dot);
    Path part = target.resolveSibling(stem + ".part" + extension);
    for (int n = 2; Files.exists(part); n++) {
      part = target.resolveSibling(stem + ".part" + n + extension);
    }
    return part;
  }

  /** Returns where to write. */
  Path path() {
    return part;
  }

  /** Returns a text with the name of the target in place of the name of its own. */
  String hidden(String text) {
    return text.replace(String.valueOf(part.getFileName()), String.valueOf(target.getFileName()));
  }

  /** Moves the file to its place. */
  void complete() throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
    complete = true;
  }

  /** Deletes the file unless it is complete. */
  @Override
  public void close() throws IOException {
    if (!complete) {
      Files.deleteIfExists(part);
    }
  }
}
