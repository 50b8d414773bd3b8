package io.reelmux.ffmpeg.reliability.destination;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that a test can do without. */
final class Programs {
  private Programs() {}

  /** Whether it is on the PATH. */
  static boolean has(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
  }
}
