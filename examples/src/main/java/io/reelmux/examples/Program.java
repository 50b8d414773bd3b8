package io.reelmux.examples;

import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs a command line. What the caller can put right is told in a line, without a stack trace. */
final class Program {

  private Program() {}

  /**
   * Runs a command.
   *
   * @param command annotated with picocli's {@code @Command}
   * @param args its arguments
   * @return the exit status: 0 if all went well
   */
  static int run(Object command, String... args) {
    return new CommandLine(command).setExecutionExceptionHandler(Program::explain).execute(args);
  }

  private static int explain(Exception e, CommandLine line, ParseResult parsed) throws Exception {
    if (!(e instanceof IOException || e instanceof IllegalArgumentException)) {
      throw e;
    }
    // the message of a NoSuchFileException is the file's name and nothing else
    String text = e instanceof FileSystemException ? e.toString() : e.getMessage();
    line.getErr().println(line.getCommandName() + ": " + text);
    return line.getCommandSpec().exitCodeOnExecutionException();
  }
}
