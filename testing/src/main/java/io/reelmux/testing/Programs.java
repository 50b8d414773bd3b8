package io.reelmux.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that tests use if they are installed. */
public final class Programs {
  private Programs() {}

  /**
   * Returns whether a test fails, rather than being skipped, without its programs: with {@code
   * -Pstress}, {@code CI=true} in the environment, or {@code -Dreelmux.programs=required}.
   */
  public static boolean areRequired() {
    return Boolean.getBoolean("reelmux.stress")
        || "true".equals(System.getenv("CI"))
        || "required".equals(System.getProperty("reelmux.programs"));
  }

  /**
   * Skips the test if a program is missing, or fails it if all programs are required.
   *
   * @param name file name of the program, which is searched for on the PATH
   */
  public static void require(String name) {
    if (areRequired() && !isInstalled(name)) {
      throw new AssertionError(name + " must be on the PATH");
    }
    assumeTrue(isInstalled(name), () -> "needs " + name + " on the PATH");
  }

  /** Returns whether a program is on the PATH. */
  public static boolean isInstalled(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }
}
