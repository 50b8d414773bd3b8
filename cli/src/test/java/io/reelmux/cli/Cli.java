package io.reelmux.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;

/** Runs the command in this JVM. */
final class Cli {
  private Cli() {}

  /** What a command printed, and its exit code. */
  record Result(int exit, String out, String err) {

    /** Fails unless the command has done what was asked. */
    Result done() {
      if (exit != 0) {
        throw new AssertionError("exit " + exit + ": " + err + out);
      }
      return this;
    }

    /** Returns the objects that were printed, one on each line. */
    List<JsonObject> objects() {
      return out.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }

    /** Returns the single object that was printed. */
    JsonObject object() {
      return JsonParser.parseString(out).getAsJsonObject();
    }

    /** Returns the object that was printed last. */
    JsonObject last() {
      List<JsonObject> objects = objects();
      return objects.get(objects.size() - 1);
    }
  }

  static Result run(Object... args) {
    return run(new byte[0], args);
  }

  /** Runs a command that reads these bytes from standard input. */
  static Result run(byte[] in, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Main.run(
            new ByteArrayInputStream(in),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            UTF_8,
            Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
    return new Result(exit, text(out), text(err));
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(UTF_8).replace("\r\n", "\n");
  }
}
