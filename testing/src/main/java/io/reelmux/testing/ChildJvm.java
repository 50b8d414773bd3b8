package io.reelmux.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a separate JVM, for code that could crash it or needs a fresh one. */
public final class ChildJvm {
  private final Class<?> main;
  private final List<String> jvmArguments = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private List<String> prefix = List.of();
  private Path directory = Path.of("");
  private String classPath = System.getProperty("java.class.path");

  private ChildJvm(Class<?> main) {
    this.main = main;
  }

  /** Prepares to run a class with the class path of this JVM. */
  public static ChildJvm of(Class<?> main) {
    return new ChildJvm(main);
  }

  /** Adds options of the JVM. */
  public ChildJvm jvm(String... options) {
    jvmArguments.addAll(Arrays.asList(options));
    return this;
  }

  /** Adds arguments of the program. */
  public ChildJvm with(Object... values) {
    for (Object value : values) {
      arguments.add(String.valueOf(value));
    }
    return this;
  }

  /** Sets a command that runs the JVM's command, such as valgrind. */
  public ChildJvm under(String... command) {
    prefix = List.of(command);
    return this;
  }

  /** Sets an environment variable. */
  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Sets the working directory. */
  public ChildJvm in(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  /** Sets a different class path. */
  public ChildJvm classPath(String path) {
    classPath = path;
    return this;
  }

  /** The exit code (128 + n for a signal, -1 for a run that took too long) and the output. */
  public record Result(int exit, String out, String err) {

    /** Fails unless the program ended with 0, and returns the lines that it printed. */
    public List<String> lines() {
      if (exit != 0) {
        throw new AssertionError("exit code %d; %s%n%s".formatted(exit, tail(out), tail(err)));
      }
      return out.lines().toList();
    }

    private static String tail(String text) {
      return text.substring(Math.max(0, text.length() - 20_000));
    }
  }

  /** Starts the JVM, with its output in files. */
  public Started start() throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath);
    command.add("-XX:-CreateCoredumpOnCrash");
    if (Runtime.version().feature() >= 24) {
      // without it, the JVM prints a warning when native libraries are loaded
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmArguments);
    command.add(main.getName());
    command.addAll(arguments);
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    // the JVM prints the options that it finds there
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    builder.directory(directory.toAbsolutePath().toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Started(builder.start(), out, err);
  }

  /** Runs the JVM until it ends, or kills it after the limit. */
  public Result run(Duration limit) {
    try {
      return start().await(limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A running JVM. */
  public record Started(Process process, Path out, Path err) {

    /** Waits for the end, or kills the JVM after the limit. */
    public Result await(Duration limit) throws IOException {
      try {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.destroyForcibly().waitFor();
        }
        Result result =
            new Result(
                ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }
}
