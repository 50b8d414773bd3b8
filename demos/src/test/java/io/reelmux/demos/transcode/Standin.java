package io.reelmux.demos.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stand-in driver that the build of encoder-cuda makes, for machines without a GPU. Once loaded
 * it stays in this JVM; its journal tells what lives in it.
 */
final class Standin {

  /** In this order: a later one needs an earlier one. */
  private static final List<String> LIBRARIES =
      List.of("libcudart.so.13", "libcuda.so.1", "libnvidia-encode.so.1");

  private Standin() {}

  /** Whether this is the JVM for it. */
  static boolean isHere() {
    return System.getenv("NVSTANDIN_LOG") != null;
  }

  /** Whether it was built; it is where there are a C compiler and Linux on x86-64. */
  static boolean isBuilt() {
    return LIBRARIES.stream().allMatch(name -> Files.exists(folder().resolve(name)));
  }

  /** The folder that it was built into. */
  static Path folder() {
    return Path.of(System.getProperty("reelmux.native")).toAbsolutePath().normalize();
  }

  /** Loads it, before anything in this JVM looks for a driver; a second call does nothing more. */
  static void load() {
    LIBRARIES.forEach(name -> System.load(folder().resolve(name).toString()));
  }

  /** Empties the journal. */
  static void forget() throws IOException {
    Files.deleteIfExists(journal());
  }

  /** Fails if anything of the driver is alive, or was left behind or misused since then. */
  static void assertNothingLeft() throws IOException {
    assertThat(last("cuda live ")).doesNotContainPattern("=[1-9]");
    assertThat(last("nvenc live ")).doesNotContainPattern("=[1-9]");
    assertThat(lines("")).noneMatch(line -> line.matches(".* (leaked|misuse) .*"));
  }

  private static String last(String words) throws IOException {
    List<String> lines = lines(words);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /** How many lines of the journal begin with these words. */
  static long count(String words) throws IOException {
    return lines(words).size();
  }

  private static List<String> lines(String words) throws IOException {
    if (Files.notExists(journal())) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(journal())) {
      return lines.filter(line -> line.startsWith(words)).toList();
    }
  }

  private static Path journal() {
    return Path.of(System.getenv("NVSTANDIN_LOG"));
  }
}
