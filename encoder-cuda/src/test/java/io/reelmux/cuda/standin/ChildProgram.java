package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a test class in its own Java process, which is killed after two minutes. */
final class ChildProgram {
  private static final int MINUTES = 2;

  private ChildProgram() {}

  /**
   * Runs the program, and waits until it has ended successfully.
   *
   * @param folder folder for its output files
   * @param launcher prefix that runs the following command; may be empty
   * @return the lines that it printed
   */
  static List<String> run(
      Path folder,
      Class<?> main,
      List<String> launcher,
      List<String> jvmOptions,
      Map<String, String> environment,
      String argument)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), argument));
    Path output = folder.resolve("out");
    Path errors = folder.resolve("err");
    ProcessBuilder program =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    program.environment().putAll(environment);
    Process process = program.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(ended && process.exitValue() == 0)
        .as("%s: %s%n%s", main.getSimpleName(), lines, Files.readString(errors))
        .isTrue();
    return lines;
  }

  /** Runs the program with the stand-in driver, which it loads from the folder in its argument. */
  static List<String> run(
      Path folder, Class<?> main, List<String> launcher, List<String> jvmOptions)
      throws IOException, InterruptedException {
    Map<String, String> journal = Map.of("NVSTANDIN_LOG", folder.resolve("journal").toString());
    return run(folder, main, launcher, jvmOptions, journal, Standin.folder().toString());
  }
}
