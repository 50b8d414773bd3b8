package io.reelmux.ffmpeg.refusal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The outcome of a program that ran in its own JVM, with the class path of this one.
 *
 * @param exit exit status
 * @param out content of its standard output
 * @param err content of its standard error
 */
record ChildJvm(int exit, String out, String err) {

  static ChildJvm run(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return run(program, Map.of(), List.of(), arguments);
  }

  static ChildJvm run(
      Class<?> program,
      Map<String, String> environment,
      List<String> jvmOptions,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    if (Runtime.version().feature() >= 24) {
      // otherwise the JVM itself warns about native libraries
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      // the JVM announces JAVA_TOOL_OPTIONS on standard error
      builder.environment().remove("JAVA_TOOL_OPTIONS");
      builder.environment().remove("SVT_LOG");
      builder.environment().putAll(environment);
      Process child = builder.start();
      if (!child.waitFor(100, TimeUnit.SECONDS)) {
        child.destroyForcibly().waitFor();
        throw new AssertionError(program.getSimpleName() + " did not exit; it wrote " + read(err));
      }
      return new ChildJvm(child.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
