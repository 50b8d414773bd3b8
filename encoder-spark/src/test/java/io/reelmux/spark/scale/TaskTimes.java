package io.reelmux.spark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU seconds that were recorded, by what was done. */
record TaskTimes(List<String[]> rows) {
  static final Path FILE = Path.of("..", "docs", "spark-task-times.tsv");

  static TaskTimes read() throws IOException {
    return new TaskTimes(
        Files.readAllLines(FILE).stream()
            .filter(line -> !line.startsWith("#"))
            .skip(1)
            .map(line -> line.split("\t"))
            .toList());
  }

  double[] all(String what) {
    return rows.stream()
        .filter(row -> row[0].equals(what))
        .mapToDouble(row -> Double.parseDouble(row[2]))
        .toArray();
  }

  double one(String what) {
    return all(what)[0];
  }
}
