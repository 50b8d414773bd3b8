package io.reelmux.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a directory. */
public final class Tree {
  private Tree() {}

  /** Returns the files below a directory with their SHA-256 sums; hidden ones too. */
  public static SortedMap<String, String> of(Path directory) throws Exception {
    SortedMap<String, String> found = new TreeMap<>();
    for (Path file : files(directory)) {
      String name = directory.relativize(file).toString().replace('\\', '/');
      found.put(name, NumberedClip.sha256(file));
    }
    return found;
  }

  private static java.util.List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return java.util.List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
