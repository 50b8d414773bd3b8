package io.reelmux.ffmpeg.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gathers the rows of a long run into the committed result file, and writes the table of the page
 * from it. Arguments: the folder of the rows, the result file, the page.
 */
public final class ReliabilityReport {
  private static final String BEGIN = "<!-- table: written by ReliabilityReport -->";
  private static final String END = "<!-- end of table -->";

  private ReliabilityReport() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws IOException {
    Path rows = Path.of(arguments[0]);
    Path results = Path.of(arguments[1]);
    Path page = Path.of(arguments[2]);
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(rows)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".tsv")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    lines.sort((a, b) -> key(a).compareTo(key(b)));
    Files.write(results, lines);
    Files.writeString(page, withTable(Files.readString(page), lines));
  }

  /** By fault, then by natives. */
  private static String key(String row) {
    List<String> cells = List.of(row.split("\t", -1));
    return cells.get(1) + "\t" + cells.get(0);
  }

  private static String withTable(String page, List<String> lines) {
    StringBuilder table = new StringBuilder(BEGIN).append("\n\n");
    table.append("| natives | fault | how it is injected | times | outcome |\n");
    table.append("|---|---|---|---:|---|\n");
    for (String line : lines) {
      table.append("| ").append(line.replace("|", "\\|").replace("\t", " | ")).append(" |\n");
    }
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page has no table to replace");
    }
    return page.substring(0, begin) + table + "\n" + page.substring(end);
  }
}
