package io.reelmux.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * A file of classes that a JVM has already loaded once, so that the next one starts faster.
 *
 * @param create options of the JVM that writes the file when it exits
 * @param use options of the JVM that starts from it
 */
record ClassArchive(List<String> create, List<String> use) {

  /** Application class-data sharing, from JDK 13 on. */
  static ClassArchive appCds(Path file) {
    return new ClassArchive(
        List.of("-XX:ArchiveClassesAtExit=" + file), List.of("-XX:SharedArchiveFile=" + file));
  }

  /** The ahead-of-time cache, from JDK 25 on in one step. */
  static ClassArchive aotCache(Path file) {
    return new ClassArchive(List.of("-XX:AOTCacheOutput=" + file), List.of("-XX:AOTCache=" + file));
  }
}
