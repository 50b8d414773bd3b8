package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that a test can do without. */
final class Programs {
  private Programs() {}

  /**
   * Skips the test where a program is missing; fails it where all must be there.
   *
   * @param name of a program that is looked for on the PATH
   */
  static void require(String name) {
    if (Reliability.needsAllPrograms()) {
      assertThat(has(name)).as("%s must be on the PATH", name).isTrue();
    }
    assumeTrue(has(name), () -> "needs " + name + " on the PATH");
  }

  private static boolean has(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }
}
