package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.stream.Stream;

/** What an example prints. */
final class Output {

  /** An example. */
  @FunctionalInterface
  interface Program {
    void main(String[] args) throws IOException;
  }

  private Output() {}

  /** Runs an example in this JVM and returns what it printed to stdout. */
  static String of(Program program, Object... args) throws IOException {
    PrintStream real = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      program.main(Stream.of(args).map(Object::toString).toArray(String[]::new));
    } finally {
      System.setOut(real);
    }
    return out.toString(UTF_8);
  }
}
