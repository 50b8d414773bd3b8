package io.reelmux.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The medians of a {@link ReadBenchmark}. A ratio is the median of the ratios per round, so that it
 * compares runs that took place close together.
 */
final class ReadReport {
  private static final List<String> COLUMNS =
      List.of(
          "Contender",
          "CPU ms/frame",
          "wall ms/frame",
          "CPU, decoding = 1",
          "target",
          "measured",
          "result");

  private final ResultFile result;

  ReadReport(ResultFile result) {
    this.result = result;
  }

  Table table() {
    return new Table(COLUMNS, Arrays.stream(ReadContender.values()).map(this::line).toList());
  }

  private List<String> line(ReadContender contender) {
    List<String> line = new ArrayList<>();
    line.add(contender.title());
    line.add(format(median(contender, ReadMeasurement::cpuMillisPerFrame)));
    line.add(format(median(contender, ReadMeasurement::wallMillisPerFrame)));
    line.add(contender.isSequential() ? format(ratio(contender, ReadContender.DECODE)) : "");
    line.addAll(target(contender));
    return line;
  }

  /** Returns the target, what was measured, and whether that meets it. */
  private List<String> target(ReadContender contender) {
    ReadContender base = contender.base();
    if (contender == ReadContender.OPEN) {
      double wall = median(contender, ReadMeasurement::wallMillisPerFrame);
      return judged(
          "%.0f ms".formatted(ReadContender.OPEN_MILLIS), wall, ReadContender.OPEN_MILLIS);
    }
    if (base == null) {
      return List.of("", "", "");
    }
    String of = base == ReadContender.DECODE ? "decoding" : "JavaCV";
    return judged(
        format(contender.target()) + " of " + of, ratio(contender, base), contender.target());
  }

  private static List<String> judged(String target, double measured, double max) {
    return List.of(target, format(measured), measured <= max ? "met" : "missed");
  }

  private double ratio(ReadContender contender, ReadContender base) {
    List<ReadMeasurement> own = of(contender);
    List<ReadMeasurement> other = of(base);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      ratios.add(own.get(round).cpuMillisPerFrame() / other.get(round).cpuMillisPerFrame());
    }
    return Statistics.median(ratios);
  }

  private double median(ReadContender contender, ToDoubleFunction<ReadMeasurement> figure) {
    return Statistics.median(of(contender).stream().map(figure::applyAsDouble).toList());
  }

  /** Returns the measurements of a contender, in the order of the rounds. */
  private List<ReadMeasurement> of(ReadContender contender) {
    return result.rows().stream()
        .filter(row -> row.get(0).equals(contender.name()))
        .map(row -> ReadMeasurement.ofLine(String.join("\t", row.subList(3, row.size()))))
        .toList();
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
