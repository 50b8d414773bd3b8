package io.reelmux.demos.transcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * One run of {@link Transcode}.
 *
 * @param status exit status
 * @param out what it printed to stdout
 * @param err what it printed to stderr, including the progress line
 */
record Run(int status, String out, String err) {

  /** Runs the program in this JVM, as its {@code main} does. */
  static Run of(Object... args) {
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, UTF_8));
      System.setErr(new PrintStream(err, true, UTF_8));
      String[] words = new String[args.length];
      for (int i = 0; i < args.length; i++) {
        words[i] = args[i].toString();
      }
      int status = Transcode.run(words);
      return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }
}
