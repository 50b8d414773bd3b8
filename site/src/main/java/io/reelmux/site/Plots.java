package io.reelmux.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plots of the committed results: of the tables that the benchmarks and tests have written. */
final class Plots {
  private final Path root;

  Plots(Path root) {
    this.root = root;
  }

  /** All plots, by the names of their files below docs/images. */
  Map<String, String> all() throws IOException {
    Map<String, String> plots = new LinkedHashMap<>();
    plots.put("performance-encode.svg", encode());
    plots.put("performance-read.svg", read());
    plots.put("performance-memory.svg", memory());
    plots.put("live-latency.svg", latency());
    plots.put("quality.svg", quality());
    plots.put("reliability.svg", reliability());
    plots.put("reader-fuzz.svg", fuzz());
    return plots;
  }

  private String encode() throws IOException {
    MarkdownTable table = MarkdownTable.after(page("performance.md"), "<!-- encode -->");
    return bars("Encoded frames per second, 1280x720, libx264 ultrafast", table, "frames/s");
  }

  private String read() throws IOException {
    MarkdownTable table = MarkdownTable.after(page("performance.md"), "<!-- read -->");
    table.rows().removeIf(row -> row.get(0).matches(".*(random frame|open and info)"));
    return bars("CPU milliseconds per frame that is read, 1280x720 H.264", table, "CPU ms/frame");
  }

  private String memory() throws IOException {
    List<double[]> points = new ArrayList<>();
    for (List<String> row : rows(root.resolve("benchmarks/results/memory.txt"))) {
      points.add(new double[] {number(row.get(0)), number(row.get(1)) / (1 << 20)});
    }
    return new LineChart(
            "Resident memory of a process that encodes 1280x720, MiB",
            "frames",
            List.of(new LineChart.Line("resident", points)),
            false)
        .toSvg();
  }

  private String latency() throws IOException {
    List<String> page = page("delivery.md");
    MarkdownTable table = MarkdownTable.after(page, "## How far live viewers are behind");
    List<BarChart.Bar> bars = new ArrayList<>();
    List<String> median = table.column("latency in seconds, median");
    for (int n = 0; n < median.size(); n++) {
      String label = table.rows().get(n).get(0).replace("`", "");
      bars.add(new BarChart.Bar(label, List.of(number(median.get(n)))));
    }
    String title = "Seconds that a viewer is behind the encoder, median";
    return new BarChart(title, List.of(""), bars, false).toSvg();
  }

  private String quality() throws IOException {
    List<String> page = page("quality.md");
    MarkdownTable sizes = MarkdownTable.after(page, "### Size, in thousands of bytes");
    MarkdownTable psnr =
        MarkdownTable.after(page, "### PSNR of brightness / of all components, in dB");
    List<LineChart.Line> lines = new ArrayList<>();
    for (String name :
        List.of("libx264", "libx265", "libsvtav1", "libvpx-vp9", "libaom-av1", "libopenh264")) {
      List<String> size = row(sizes, name);
      List<String> values = row(psnr, name);
      List<double[]> points = new ArrayList<>();
      for (int n = 1; n < size.size(); n++) {
        points.add(new double[] {number(size.get(n)), number(values.get(n).split(" ", 2)[0])});
      }
      lines.add(new LineChart.Line(name, points));
    }
    String title = "PSNR of brightness in dB, from LOWEST to HIGHEST";
    return new LineChart(title, "thousands of bytes, logarithmic", lines, true).toSvg();
  }

  private String reliability() throws IOException {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (List<String> row : rows(root.resolve("docs/reliability-results.tsv"))) {
      if (row.get(0).equals("gpl")) {
        bars.add(new BarChart.Bar(shortened(row.get(1)), List.of(number(row.get(3)))));
      }
    }
    bars.sort(Comparator.comparing((BarChart.Bar bar) -> bar.values().get(0)).reversed());
    return new BarChart(
            "How often faults were injected: the 20 most frequent, logarithmic",
            List.of(""),
            bars.subList(0, Math.min(20, bars.size())),
            true)
        .toSvg();
  }

  private String fuzz() throws IOException {
    Map<String, double[]> kinds = new LinkedHashMap<>();
    for (List<String> row : rows(root.resolve("docs/reader-fuzz.tsv"))) {
      double[] sums = kinds.computeIfAbsent(row.get(1), kind -> new double[2]);
      sums[0] += number(row.get(3));
      sums[1] += number(row.get(4));
    }
    List<BarChart.Bar> bars = new ArrayList<>();
    kinds.forEach((kind, sums) -> bars.add(new BarChart.Bar(kind, List.of(sums[0], sums[1]))));
    return new BarChart(
            "Damaged files that were read, by kind; no crash, hang or leak",
            List.of("opened", "refused"),
            bars,
            false)
        .toSvg();
  }

  private static String bars(String title, MarkdownTable table, String column) {
    List<String> values = table.column(column);
    List<BarChart.Bar> bars = new ArrayList<>();
    for (int n = 0; n < values.size(); n++) {
      if (!values.get(n).isEmpty()) {
        bars.add(new BarChart.Bar(table.rows().get(n).get(0), List.of(number(values.get(n)))));
      }
    }
    return new BarChart(title, List.of(""), bars, false).toSvg();
  }

  private static List<String> row(MarkdownTable table, String name) {
    return table.rows().stream().filter(row -> row.get(0).equals(name)).findFirst().orElseThrow();
  }

  private List<String> page(String name) throws IOException {
    return Files.readAllLines(root.resolve("docs").resolve(name));
  }

  /** The rows of a file with tabs, without its comments and the names of its columns. */
  private static List<List<String>> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .map(line -> Arrays.asList(line.split("\t", -1)))
        .toList();
  }

  private static String shortened(String text) {
    return text.length() <= 48 ? text : text.substring(0, 47) + "…";
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }
}
