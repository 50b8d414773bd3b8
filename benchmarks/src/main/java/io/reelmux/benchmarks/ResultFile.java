package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A committed result: facts as {@code # name: value}, a line of column names, then rows of
 * tab-separated fields.
 *
 * @param facts what the figures depend on, by name
 * @param columns column names
 * @param rows fields of each row
 */
record ResultFile(Map<String, String> facts, List<String> columns, List<List<String>> rows) {

  private static final String MARK = "# ";

  /**
   * Returns the columns of a benchmark whose contenders run in rounds.
   *
   * @param measured names of what is measured, separated by tabs
   */
  static List<String> columns(String measured) {
    List<String> columns = new ArrayList<>(List.of("contender", "round", "load"));
    columns.addAll(List.of(measured.split("\t", -1)));
    return columns;
  }

  /**
   * Returns a row of such a benchmark.
   *
   * @param load the load of the machine before it ran
   * @param measured what was measured, separated by tabs
   */
  static List<String> row(String contender, int round, double load, String measured) {
    List<String> row = new ArrayList<>();
    row.add(contender);
    row.add(String.valueOf(round));
    row.add(String.format(Locale.ROOT, "%.1f", load));
    row.addAll(List.of(measured.split("\t", -1)));
    return row;
  }

  /** Returns a fact by its name. */
  String fact(String name) {
    String value = facts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no fact '" + name + "' in " + facts.keySet());
    }
    return value;
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    facts.forEach((name, value) -> lines.add(MARK + name + ": " + value));
    lines.add(String.join("\t", columns));
    rows.forEach(row -> lines.add(String.join("\t", row)));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, lines);
  }

  static ResultFile read(Path file) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(MARK)) {
        int colon = line.indexOf(": ");
        facts.put(line.substring(MARK.length(), colon), line.substring(colon + 2));
      } else {
        rows.add(List.of(line.split("\t", -1)));
      }
    }
    return new ResultFile(facts, rows.get(0), rows.subList(1, rows.size()));
  }
}
