package io.reelmux.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The part of a page of the documentation that a program writes, between two comments. */
public final class PageTable {
  private static final String END = "<!-- end of table -->";

  private PageTable() {}

  /**
   * Replaces the part.
   *
   * @param program the name in the comment at its beginning
   */
  public static void replace(Path page, String program, List<String> lines) throws IOException {
    String begin = "<!-- table: written by " + program + " -->";
    String text = Files.readString(page);
    int from = text.indexOf(begin);
    int to = text.indexOf(END);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(page + " has no table to replace");
    }
    String table = begin + "\n\n" + String.join("\n", lines) + "\n\n";
    Files.writeString(page, text.substring(0, from) + table + text.substring(to));
  }

  /** Says on what the figures of a table were measured. */
  public static String machine() {
    return "On %d cores of %s, %s, Java %s."
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("os.name"),
            System.getProperty("java.version"));
  }
}
