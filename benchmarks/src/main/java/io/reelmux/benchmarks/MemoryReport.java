package io.reelmux.benchmarks;

import java.util.List;
import java.util.Locale;

/** The findings of a {@link MemoryBenchmark}. */
final class MemoryReport {

  /** Columns of the result file; memory in bytes. */
  static final List<String> COLUMNS = List.of("frame", "resident bytes", "Java bytes a frame");

  /** The fraction of the run in which pools and queues fill. */
  private static final double WARM_UP = 0.2;

  /** The file index grows by tens of bytes per frame; a leaked frame would be 1.4 MB. */
  private static final double FLAT_BYTES_PER_FRAME = 1024;

  /** From here on the memory of a long encoding is compared with that at its end. */
  private static final int FIRST_MINUTE = 60 * Job.RATE;

  /** An hour of frames: only then the target is judged. */
  private static final int HOUR = 60 * FIRST_MINUTE;

  private static final double MAX_GROWTH_MIB = 5;

  /** The index entry of a frame; the muxer's array of them doubles. */
  private static final double INDEX_BYTES_PER_FRAME = 128;

  private final ResultFile result;

  MemoryReport(ResultFile result) {
    this.result = result;
  }

  /** Returns the growth of native memory in bytes per frame, after the warm-up. */
  private double slope() {
    List<List<String>> rows = warm();
    return Statistics.slope(numbers(rows, 0), numbers(rows, 1));
  }

  boolean isFlat() {
    return slope() < FLAT_BYTES_PER_FRAME;
  }

  Table samples() {
    return new Table(
        List.of("frame", "resident MiB", "Java bytes/frame"),
        result.rows().stream()
            .map(row -> List.of(row.get(0), mib(Double.parseDouble(row.get(1))), row.get(2)))
            .toList());
  }

  /** Returns the table of the figures, and that of the target if an hour was encoded. */
  List<Table> tables() {
    int frames = Integer.parseInt(result.fact("frames"));
    if (frames < HOUR) {
      return List.of(table());
    }
    List<Double> resident =
        numbers(
            result.rows().stream()
                .filter(row -> Integer.parseInt(row.get(0)) >= FIRST_MINUTE)
                .toList(),
            1);
    double most = resident.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double index = frames * INDEX_BYTES_PER_FRAME / (1 << 20);
    return List.of(
        table(),
        Target.table(
            List.of(
                Target.atMost(
                    "MiB from minute 1 to the peak: 5 and the index of "
                        + Table.figure("%.1f", index),
                    (most - resident.get(0)) / (1 << 20),
                    MAX_GROWTH_MIB + index))));
  }

  private Table table() {
    List<List<String>> rows = warm();
    List<Double> resident = numbers(rows, 1);
    return new Table(
        List.of(
            "Frames",
            "resident MiB, warmed up",
            "at the end",
            "growth, bytes/frame",
            "Java bytes/frame"),
        List.of(
            List.of(
                String.valueOf(result.facts().get("frames")),
                mib(resident.get(0)),
                mib(resident.get(resident.size() - 1)),
                String.format(Locale.ROOT, "%.0f", slope()),
                String.format(Locale.ROOT, "%.0f", Statistics.median(numbers(rows, 2))))));
  }

  private List<List<String>> warm() {
    int from = (int) (WARM_UP * result.rows().size());
    return result.rows().subList(from, result.rows().size());
  }

  private static List<Double> numbers(List<List<String>> rows, int column) {
    return rows.stream().map(row -> Double.parseDouble(row.get(column))).toList();
  }

  private static String mib(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (1 << 20));
  }
}
