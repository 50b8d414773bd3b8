package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reelmux.testing.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;

/** A screen in memory. */
final class Xvfb implements AutoCloseable {
  private final Process server;
  private final String display;

  private Xvfb(Process server, String display) {
    this.server = server;
    this.display = display;
  }

  /** Skips the test if there is no Xvfb. */
  static Xvfb start(int width, int height) throws IOException {
    Programs.require("Xvfb");
    Process server =
        new ProcessBuilder(
                "Xvfb",
                "-displayfd", // writes the number of a display that is free
                "1",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
                width + "x" + height + "x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String number =
        new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8)).readLine();
    if (number == null) {
      throw new IOException("Xvfb has not started: exit code " + server.exitValue());
    }
    return new Xvfb(server, ":" + number);
  }

  /** The value of the variable DISPLAY. */
  String display() {
    return display;
  }

  @Override
  public void close() {
    server.destroy();
    try {
      server.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
