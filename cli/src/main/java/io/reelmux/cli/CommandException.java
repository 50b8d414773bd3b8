package io.reelmux.cli;

/** What a command itself finds wrong, with the next step. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String next;

  private CommandException(int exitCode, String message, String next) {
    super(message);
    this.exitCode = exitCode;
    this.next = next;
  }

  /**
   * Returns a refusal: nothing has been written.
   *
   * @param message what is wrong
   * @param next what to do
   */
  static CommandException refused(String message, String next) {
    return new CommandException(Failures.USAGE, message, next);
  }

  /**
   * Returns a failure.
   *
   * @param message what is wrong
   * @param next what to do
   */
  static CommandException failed(String message, String next) {
    return new CommandException(Failures.FAILURE, message, next);
  }

  int exitCode() {
    return exitCode;
  }

  String next() {
    return next;
  }
}
