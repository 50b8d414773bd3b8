package io.reelmux.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports failures: what is wrong first, then the next step. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** The exit code of a failure. */
  static final int FAILURE = 1;

  /** The exit code if nothing was attempted. */
  static final int USAGE = 2;

  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    if (Arrays.asList(args).contains("--json")) {
      console.setJson(true);
    }
    String help = "try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    String next = help;
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      next =
          near.isEmpty() ? help : "try: " + String.join(", ", near) + "; or " + help.substring(5);
    }
    return report(e, message(e), next, USAGE);
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      boolean root = e.getCommandLine().getParent() == null;
      if (root && !first.startsWith("-")) {
        return "there is no command '" + first + "'";
      }
    }
    return lowerFirst(String.valueOf(e.getMessage()));
  }

  private static String lowerFirst(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    if (e instanceof ParameterException usage) {
      return handleParseException(usage, new String[0]);
    }
    String command = line.getCommandSpec().qualifiedName();
    if (e instanceof CommandException own) {
      return report(e, String.valueOf(own.getMessage()), "try: " + own.next(), own.exitCode());
    }
    if (e instanceof CancellationException) {
      return report(e, "canceled; no file was written", "", FAILURE);
    }
    Exception cause =
        e instanceof UncheckedIOException && e.getCause() instanceof IOException io ? io : e;
    int code = cause instanceof IllegalArgumentException ? USAGE : FAILURE;
    return report(cause, Messages.of(cause), "try: " + Messages.next(cause, command), code);
  }

  private int report(Exception e, String text, String next, int code) {
    String message = console.shown(text);
    console.err().println("error: " + message);
    if (!next.isEmpty()) {
      console.err().println(next);
    }
    if (console.isDebug()) {
      e.printStackTrace(console.err());
    }
    if (console.isJson()) {
      console.json(
          new Json()
              .put("event", "error")
              .put("message", message)
              .put("next", next.startsWith("try: ") ? next.substring(5) : next)
              .put("exit", code)
              .object());
    }
    return code;
  }
}
