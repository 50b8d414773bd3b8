package io.reelmux.ffmpeg.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Collects the rows of a long run into the committed result file, and writes the table of the page
 * from it. Arguments: the directory of the rows, the result file, the page.
 */
public final class ReliabilityReport {
  private static final String BEGIN = "<!-- table: written by ReliabilityReport -->";
  private static final String END = "<!-- end of table -->";
  private static final String HEAD =
      String.join("\t", "build", "fault", "how it is injected", "times", "outcome");

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
    reportLost(results, lines);
    Files.write(results, Stream.concat(Stream.of(HEAD), lines.stream()).toList());
    Files.writeString(page, withTable(Files.readString(page), lines));
  }

  /** Sorts by fault, then by build. */
  private static String key(String row) {
    List<String> cells = List.of(row.split("\t", -1));
    return cells.get(1) + "\t" + cells.get(0);
  }

  /** Reports rows of the previous file that this run lacks: skipped tests, or renamed rows. */
  private static void reportLost(Path results, List<String> lines) throws IOException {
    if (Files.notExists(results)) {
      return;
    }
    List<String> keys = lines.stream().map(ReliabilityReport::key).toList();
    for (String row : Files.readAllLines(results)) {
      if (!row.equals(HEAD) && !keys.contains(key(row))) {
        System.out.println("no longer in the table: " + key(row).replace('\t', ' '));
      }
    }
  }

  private static String withTable(String page, List<String> lines) {
    StringBuilder table = new StringBuilder(BEGIN).append("\n\n");
    table.append(
        "On %d cores of %s, %s, Java %s.%n%n"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("os.name"),
                System.getProperty("java.version")));
    table.append("| build | fault | how it is injected | times | outcome |\n");
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
