package io.reelmux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;

/** Starts the command {@code reelmux}. */
public final class Main {

  private Main() {}

  /**
   * Runs a command and exits with its code: 0 if it has done what was asked, 1 if it has failed, 2
   * if what was asked is not possible or not understood.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    Charset charset =
        Charset.forName(
            System.getProperty(
                "stdout.encoding", System.getProperty("native.encoding", UTF_8.name())));
    System.exit(run(System.in, System.out, System.err, charset, args));
  }

  /**
   * Runs a command.
   *
   * @param charset of what is printed
   * @return the exit code
   */
  static int run(
      InputStream in, PrintStream out, PrintStream err, Charset charset, String... args) {
    Console console =
        new Console(in, new PrintWriter(out, true, charset), new PrintWriter(err, true, charset));
    return commandLine(console).execute(args);
  }

  /** Returns the command with all its subcommands. */
  static CommandLine commandLine(Console console) {
    CommandLine line = new CommandLine(new ReelmuxCommand(console));
    line.addSubcommand(new EncodeCommand());
    line.addSubcommand(new TranscodeCommand());
    line.addSubcommand(new InfoCommand());
    line.addSubcommand(new DoctorCommand());
    Failures failures = new Failures(console);
    return line.setOut(console.out())
        .setErr(console.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
