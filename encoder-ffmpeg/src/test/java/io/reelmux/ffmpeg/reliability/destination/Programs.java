package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Optional programs that tests use. */
final class Programs {
  private Programs() {}

  /**
   * Skips the test if a program is missing, or fails it if all programs are required.
   *
   * @param name name of a program on the PATH
   */
  static void require(String name) {
    if (Reliability.needsAllPrograms()) {
      assertThat(has(name)).as("%s must be on the PATH", name).isTrue();
    }
    assumeTrue(has(name), () -> "requires " + name + " on the PATH");
  }

  private static boolean has(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }
}
