package io.reelmux.benchmarks;

import java.util.List;
import java.util.function.Function;

/** The findings of a {@link ClipBenchmark} or a {@link ParallelBenchmark}. */
final class ConcurrentReport {
  private static final String WALL = "wall ms";
  private static final String CPU = "CPU s";

  private final ResultFile result;
  private final Comparison comparison;

  ConcurrentReport(ResultFile result) {
    this.result = result;
    this.comparison = new Comparison(result);
  }

  /** Returns by what factor Reelmux encodes more than another contender in the same time. */
  double speedUp(Contender other, int callers) {
    return comparison.ratio(
        ConcurrentRuns.nameOf(other, callers),
        ConcurrentRuns.nameOf(Contender.REELMUX_RGB24_HEAP, callers),
        WALL);
  }

  /** Returns a table per encoding. */
  Table clips() {
    return table(
        List.of("Contender", "callers", "clips/s", "CPU ms/clip", "throughput, JavaCV = 1"),
        name ->
            List.of(
                Table.figure("%.1f", encodings(name) / seconds(name)),
                Table.figure("%.1f", 1000 * comparison.median(name, CPU) / encodings(name))));
  }

  /** Returns a table per frame. */
  Table frames() {
    int frames = Integer.parseInt(result.fact("frames"));
    return table(
        List.of("Contender", "encoders", "frames/s", "CPU ms/frame", "throughput, JavaCV = 1"),
        name ->
            List.of(
                Table.figure("%.0f", frames * encodings(name) / seconds(name)),
                Table.figure(
                    "%.2f", 1000 * comparison.median(name, CPU) / (frames * encodings(name)))));
  }

  private Table table(List<String> columns, Function<String, List<String>> figures) {
    return new Table(
        columns, comparison.contenders().stream().map(name -> line(name, figures)).toList());
  }

  private List<String> line(String name, Function<String, List<String>> figures) {
    String[] parts = name.split(" x", 2);
    String javaCv = Contender.JAVACV_RGB24.name() + " x" + parts[1];
    List<String> measured = figures.apply(name);
    return List.of(
        Contender.valueOf(parts[0]).title(),
        parts[1],
        measured.get(0),
        measured.get(1),
        Table.figure("%.2f", comparison.ratio(javaCv, name, WALL)));
  }

  private double encodings(String name) {
    return comparison.median(name, "encodings");
  }

  private double seconds(String name) {
    return comparison.median(name, WALL) / 1000;
  }
}
