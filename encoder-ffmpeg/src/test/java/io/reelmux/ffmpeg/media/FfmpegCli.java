package io.reelmux.ffmpeg.media;

import io.reelmux.ffmpeg.reliability.Reliability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The installed programs {@code ffmpeg} and {@code ffprobe}: readers independent of these tests.
 */
final class FfmpegCli {

  private static final boolean PRESENT = runs("ffmpeg") && runs("ffprobe");

  private FfmpegCli() {}

  /** For test conditions: where all programs are required, a test fails without them. */
  static boolean present() {
    return PRESENT || Reliability.needsAllPrograms();
  }

  private static boolean runs(String program) {
    try {
      return new ProcessBuilder(program, "-version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs ffmpeg quietly; any output is a failure. */
  static void ffmpeg(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(List.of(arguments));
    String output = run(command);
    if (!output.isBlank()) {
      throw new AssertionError("ffmpeg printed: " + output);
    }
  }

  /** Returns the lines of values that ffprobe prints for a file. */
  static List<String> ffprobe(Path file, String... arguments)
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
