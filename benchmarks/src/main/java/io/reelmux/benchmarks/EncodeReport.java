package io.reelmux.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The medians of an {@link EncodeBenchmark}. A ratio is the median of the ratios per round, so that
 * it compares runs that took place close together.
 */
final class EncodeReport {
  private static final List<String> COLUMNS =
      List.of(
          "Contender",
          "wall ms",
          "CPU s",
          "frames/s",
          "peak MiB (without frames)",
          "Java bytes/frame",
          "throughput, JavaCV = 1",
          "CPU, JavaCV = 1",
          "throughput, floor = 1",
          "CPU, floor = 1");

  private final ResultFile result;
  private final int frames;

  EncodeReport(ResultFile result) {
    this.result = result;
    this.frames = Integer.parseInt(String.valueOf(result.facts().get("frames")));
  }

  Table table() {
    return new Table(COLUMNS, Arrays.stream(Contender.values()).map(this::line).toList());
  }

  private List<String> line(Contender contender) {
    double wall = median(contender, Measurement::wallMillis);
    double peak = median(contender, Measurement::peakMiB);
    double extra = median(contender, Measurement::extraMiB);
    return List.of(
        contender.title(),
        format("%.0f", wall),
        format("%.2f", median(contender, Measurement::cpuSeconds)),
        format("%.0f", 1000 * frames / wall),
        format("%.0f", peak) + " (" + format("%.0f", extra) + ")",
        format("%.0f", median(contender, Measurement::javaBytes)),
        format("%.2f", throughput(contender, Contender.BASELINE)),
        format("%.2f", cpu(contender, Contender.BASELINE)),
        format("%.2f", throughput(contender, Contender.FLOOR)),
        format("%.2f", cpu(contender, Contender.FLOOR)));
  }

  private double throughput(Contender contender, Contender base) {
    return 1 / ratio(contender, base, Measurement::wallMillis);
  }

  private double cpu(Contender contender, Contender base) {
    return ratio(contender, base, Measurement::cpuSeconds);
  }

  private double ratio(Contender contender, Contender base, ToDoubleFunction<Measurement> figure) {
    List<Measurement> own = of(contender);
    List<Measurement> other = of(base);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < own.size(); round++) {
      ratios.add(figure.applyAsDouble(own.get(round)) / figure.applyAsDouble(other.get(round)));
    }
    return Statistics.median(ratios);
  }

  private double median(Contender contender, ToDoubleFunction<Measurement> figure) {
    return Statistics.median(of(contender).stream().map(figure::applyAsDouble).toList());
  }

  /** Returns the measurements of a contender, in the order of the rounds. */
  private List<Measurement> of(Contender contender) {
    return result.rows().stream()
        .filter(row -> row.get(0).equals(contender.name()))
        .map(row -> Measurement.ofLine(String.join("\t", row.subList(3, row.size()))))
        .toList();
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
