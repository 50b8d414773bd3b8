package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** A run of an example in this JVM: its exit code, and what it printed. */
record Run(int exit, String out, String err) {

  /** Runs an example. */
  static Run of(ToIntFunction<String[]> program, Object... args) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(errors, true, UTF_8));
    try {
      int exit = program.applyAsInt(Stream.of(args).map(Object::toString).toArray(String[]::new));
      return new Run(exit, printed.toString(UTF_8), errors.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Fails unless the exit code is 0; returns what was printed. */
  String succeeded() {
    if (exit != 0) {
      throw new AssertionError("exit code " + exit + ": " + err);
    }
    return out;
  }
}
