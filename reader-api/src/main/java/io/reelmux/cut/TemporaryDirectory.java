package io.reelmux.cut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A new directory for the files of one run. */
final class TemporaryDirectory {
  private final Path path;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  static TemporaryDirectory in(Path parent) throws IOException {
    return new TemporaryDirectory(Files.createTempDirectory(parent, "reelmux-"));
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Deletes the directory with all files in it. */
  void delete() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(path)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(path);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
