package io.reelmux.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Where a command reads and prints. Results go to {@code out}; progress and errors to {@code err}.
 * With {@code --json}, {@code out} gets JSON objects and nothing else.
 */
final class Console {
  private final InputStream in;
  private final PrintWriter out;
  private final PrintWriter err;
  private UnaryOperator<String> names = UnaryOperator.identity();
  private boolean json;
  private boolean debug;

  Console(InputStream in, PrintWriter out, PrintWriter err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  InputStream in() {
    return in;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  void setJson(boolean value) {
    json = value;
  }

  boolean isJson() {
    return json;
  }

  void setDebug(boolean value) {
    debug = value;
  }

  boolean isDebug() {
    return debug;
  }

  /** From now on, messages name the target of this file instead of the file itself. */
  void hide(PartFile part) {
    names = part::hidden;
  }

  /** Returns a message as it is shown. */
  String shown(String message) {
    return names.apply(message);
  }

  /** Prints a line of text. */
  void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** Prints an object on one line. */
  void json(JsonObject object) {
    out.println(Json.line(object));
  }

  /** Returns whether standard error is a terminal, on which a line can be overwritten. */
  static boolean isTerminal() {
    Path stderr = Path.of("/proc/self/fd/2");
    try {
      if (Files.isSymbolicLink(stderr)) {
        String target = Files.readSymbolicLink(stderr).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      }
    } catch (IOException e) {
      return false;
    }
    return hasConsole();
  }

  /** Up to JDK 21 there is a console only if it is a terminal; later ones have a method for it. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    java.io.Console console = System.console();
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return (Boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
