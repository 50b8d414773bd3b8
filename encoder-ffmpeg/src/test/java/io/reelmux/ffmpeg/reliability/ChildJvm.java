package io.reelmux.ffmpeg.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a test program in its own JVM, for tests that could crash the JVM. */
public final class ChildJvm {
  private final Class<?> main;
  private final List<String> jvmArguments = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private List<String> prefix = List.of();
  private String classPath = System.getProperty("java.class.path");

  private ChildJvm(Class<?> main) {
    this.main = main;
  }

  /** Prepares a run of a class with the class path of this JVM. */
  public static ChildJvm of(Class<?> main) {
    return new ChildJvm(main);
  }

  /** Adds JVM options. */
  public ChildJvm jvm(String... options) {
    jvmArguments.addAll(List.of(options));
    return this;
  }

  /** Adds program arguments. */
  public ChildJvm with(Object... values) {
    for (Object value : values) {
      arguments.add(String.valueOf(value));
    }
    return this;
  }

  /** Sets a command that wraps the JVM's, such as valgrind. */
  public ChildJvm under(String... command) {
    prefix = List.of(command);
    return this;
  }

  /** Sets an environment variable. */
  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Sets another class path. */
  public ChildJvm classPath(String path) {
    classPath = path;
    return this;
  }

  /** The exit code (128 + n for a signal, -1 after a timeout) and the output. */
  public record Result(int exit, String out, String err) {}

  /** Starts the JVM and redirects its output to files. */
  public Started start() throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath);
    command.add("-XX:-CreateCoredumpOnCrash");
    if (Runtime.version().feature() >= 24) {
      // otherwise the JVM itself warns about native libraries
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmArguments);
    command.add(main.getName());
    command.addAll(arguments);
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Started(builder.start(), out, err);
  }

  /** Runs the JVM to the end, or kills it after the limit. */
  public Result run(Duration limit) {
    try {
      return start().await(limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A running JVM. */
  public record Started(Process process, Path out, Path err) {

    /** Waits for the end, or kills it after the limit. */
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
