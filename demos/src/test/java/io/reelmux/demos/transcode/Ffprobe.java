package io.reelmux.demos.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file with the ffprobe of the system, which does not use the native libraries under test.
 */
final class Ffprobe {

  private Ffprobe() {}

  /** Returns the lines of its CSV output; skips the test if ffprobe is not installed. */
  static List<String> run(Path file, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "csv=p=0"));
    command.addAll(List.of(options));
    command.add(file.toString());
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return abort("ffprobe is not installed");
    }
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("ffprobe: " + text);
    }
    return text.lines().filter(line -> !line.isBlank()).toList();
  }
}
