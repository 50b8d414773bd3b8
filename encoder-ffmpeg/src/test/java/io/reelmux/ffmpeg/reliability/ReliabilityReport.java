package io.reelmux.ffmpeg.reliability;

import io.reelmux.ffmpeg.PageTable;
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
    PageTable.replace(page, "ReliabilityReport", table(lines));
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

  private static List<String> table(List<String> lines) {
    List<String> table = new ArrayList<>();
    table.add(PageTable.machine());
    table.add("");
    table.add("| build | fault | how it is injected | times | outcome |");
    table.add("|---|---|---|---:|---|");
    for (String line : lines) {
      table.add("| " + line.replace("|", "\\|").replace("\t", " | ") + " |");
    }
    return table;
  }
}
