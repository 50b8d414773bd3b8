package io.reelmux.cuda.standin;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The system's ffprobe, an independent reader of finished files. Tests that need it are skipped if
 * it is missing; with {@code CI=true} or {@code -Dreelmux.programs=required} they fail instead.
 */
final class Ffprobe {
  private Ffprobe() {}

  static void require() {
    if (StandinExtension.isRequired() && !isInstalled()) {
      throw new AssertionError("ffprobe must be on the PATH");
    }
    assumeTrue(isInstalled(), "needs ffprobe on the PATH");
  }

  private static boolean isInstalled() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffprobe")));
  }

  /** The values that it prints for a file, line by line. Any error message is a failure. */
  static List<String> lines(Path file, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "csv=p=0"));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + ": " + output);
    }
    return output.lines().filter(line -> !line.isBlank()).toList();
  }
}
