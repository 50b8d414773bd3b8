package io.reelmux.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of Reelmux, from a file that the build fills in. */
final class Version implements IVersionProvider {

  /** Returns the version, such as {@code 0.1.0}. */
  static String of() {
    Properties values = new Properties();
    try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
      values.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values.getProperty("version");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"reelmux " + of()};
  }
}
