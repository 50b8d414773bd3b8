package io.reelmux.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a class of this program in its own Java process. */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * Runs the class and waits for its process to exit.
   *
   * @return the lines it printed
   */
  static List<String> run(Class<?> main, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    return run(System.getProperty("java.class.path"), main, jvmOptions, arguments);
  }

  /** The same with another class path. */
  static List<String> run(
      String classPath, Class<?> main, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(main.getSimpleName() + " " + arguments + " exited with " + code);
    }
    return output.lines().toList();
  }
}
