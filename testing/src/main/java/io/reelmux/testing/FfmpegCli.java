package io.reelmux.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed programs {@code ffmpeg} and {@code ffprobe}: readers independent of the tests. */
public final class FfmpegCli {
  private FfmpegCli() {}

  /** Condition of {@link RequiresFfmpegCli}: where programs are required, a test fails instead. */
  static boolean isPresent() {
    return Programs.areRequired()
        || (Programs.isInstalled("ffmpeg") && Programs.isInstalled("ffprobe"));
  }

  /** Runs ffmpeg quietly; any output is a failure. */
  public static void ffmpeg(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    String output = run(command);
    if (!output.isBlank()) {
      throw new AssertionError("ffmpeg printed: " + output);
    }
  }

  /** Returns the lines of values that ffprobe prints for a file. */
  public static List<String> ffprobe(Path file, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "csv=p=0"));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    return run(command).lines().filter(line -> !line.isBlank()).toList();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
