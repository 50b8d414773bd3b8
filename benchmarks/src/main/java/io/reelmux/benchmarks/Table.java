package io.reelmux.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table of figures for readers.
 *
 * @param columns headings
 * @param rows each a title followed by figures
 */
record Table(List<String> columns, List<List<String>> rows) {

  /** Formats a figure; one that was not measured is empty. */
  static String figure(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  /** Formats the table for a terminal: titles left-aligned, figures right-aligned. */
  String toText() {
    StringBuilder text = new StringBuilder();
    List<List<String>> all = new ArrayList<>(rows);
    all.add(0, columns);
    for (List<String> row : all) {
      for (int column = 0; column < row.size(); column++) {
        String format = column == 0 ? "%-" + width(all, 0) + "s" : "  %" + width(all, column) + "s";
        text.append(String.format(format, row.get(column)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> all, int column) {
    return all.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
  }

  /** Formats the table as Markdown. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    appendRow(text, columns);
    text.append("| --- |").append(" ---: |".repeat(columns.size() - 1)).append('\n');
    rows.forEach(row -> appendRow(text, row));
    return text.toString();
  }

  private static void appendRow(StringBuilder text, List<String> row) {
    text.append("| ").append(String.join(" | ", row)).append(" |\n");
  }
}
