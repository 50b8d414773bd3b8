package io.reelmux.site;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of a Markdown page.
 *
 * @param columns the texts of its first row
 * @param rows the texts of the others
 */
record MarkdownTable(List<String> columns, List<List<String>> rows) {

  /**
   * Returns the first table behind a line.
   *
   * @param page the lines of the page
   * @param before a line of it
   */
  static MarkdownTable after(List<String> page, String before) {
    int line = page.indexOf(before);
    if (line < 0) {
      throw new IllegalArgumentException("no line '" + before + "'");
    }
    while (!page.get(line).startsWith("|")) {
      line++;
    }
    List<String> columns = cells(page.get(line));
    List<List<String>> rows = new ArrayList<>();
    for (line += 2; line < page.size() && page.get(line).startsWith("|"); line++) {
      rows.add(cells(page.get(line)));
    }
    return new MarkdownTable(columns, rows);
  }

  /** The texts of a column, by its name. */
  List<String> column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no column '" + name + "' in " + columns);
    }
    return rows.stream().map(row -> row.get(index)).toList();
  }

  /** The table as text. Columns whose names end with a colon have numbers, at the right. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder();
    List<String> names = columns.stream().map(name -> name.replaceFirst(":$", "")).toList();
    text.append(line(names));
    text.append(line(columns.stream().map(name -> name.endsWith(":") ? "--:" : "---").toList()));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static List<String> cells(String line) {
    String inner = line.strip();
    return Arrays.stream(inner.substring(1, inner.length() - 1).split("(?<!\\\\)\\|", -1))
        .map(String::strip)
        .toList();
  }
}
