package io.reelmux.cli;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Prints what Reelmux logs, FFmpeg's warnings and errors included, one line each. */
final class DebugLog extends Handler {

  /** Loggers without a strong reference may lose their handlers. */
  private static final Logger LOGGER = Logger.getLogger("io.reelmux");

  private final Console console;

  private DebugLog(Console console) {
    this.console = console;
    setLevel(Level.FINE);
    setFormatter(
        new Formatter() {
          @Override
          public String format(LogRecord entry) {
            return "debug: " + formatMessage(entry);
          }
        });
  }

  /** Replaces the handler of an earlier command in this JVM. */
  static void install(Console console) {
    for (Handler handler : LOGGER.getHandlers()) {
      if (handler instanceof DebugLog) {
        LOGGER.removeHandler(handler);
      }
    }
    LOGGER.setUseParentHandlers(false);
    LOGGER.setLevel(Level.FINE);
    LOGGER.addHandler(new DebugLog(console));
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      console.err().println(getFormatter().format(entry));
    }
  }

  @Override
  public void flush() {
    console.err().flush();
  }

  @Override
  public void close() {
    flush();
  }
}
