package io.reelmux.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs all benchmarks and rewrites docs/performance.md from what they measured. {@code
 * benchmarks/run} starts it.
 */
@Command(
    name = "benchmarks/run",
    description = "Runs all benchmarks, or those that are named, and rewrites docs/performance.md.",
    mixinStandardHelpOptions = true)
final class AllBenchmarks implements Callable<Integer> {

  /** Those whose ratios say something of other encoders, sizes and presets. */
  private static final String FEW =
      "--contenders FLOOR,REELMUX_RGB24_HEAP,REELMUX_I420_HEAP,JAVACV_RGB24,FFMPEG_COMMAND";

  /**
   * A run of one benchmark.
   *
   * @param name the name of its result file
   * @param arguments beyond the defaults
   * @param quick arguments that make it short; its figures then mean little
   */
  private record Entry(String name, Callable<Integer> benchmark, String arguments, String quick) {}

  private static final String QUICK = "--rounds 1 --frames 30";

  private static final String QUICK_WARM_UP = QUICK + " --warm-up 30";

  private static List<Entry> entries() {
    return List.of(
        encode("encode", ""),
        encode("encode-veryfast", "--preset veryfast --warm-up 600 " + FEW),
        encode("encode-medium", "--preset medium --warm-up 240 " + FEW),
        encode("encode-1080p", "--size 1920x1080 --warm-up 360 --frames 120 " + FEW),
        encode("encode-svtav1", "--codec libsvtav1 --frames 120 --warm-up 120 --rounds 5 " + FEW),
        encode("encode-vp9", "--codec libvpx-vp9 --frames 120 --warm-up 120 --rounds 5 " + FEW),
        encode(
            "encode-openh264", "--codec libopenh264 --frames 120 --warm-up 120 --rounds 5 " + FEW),
        new Entry("clips", new ClipBenchmark(), "", "--rounds 1 --clips 3 --warm-up 30"),
        new Entry("parallel", new ParallelBenchmark(), "", QUICK_WARM_UP),
        new Entry("audio", new AudioBenchmark(), "", "--rounds 1 --seconds 10"),
        new Entry("cold", new ColdBenchmark(), "", QUICK),
        new Entry("read", new ReadBenchmark(), "", QUICK),
        new Entry("memory", new MemoryBenchmark(), "", "--frames 3000 --size 320x240"),
        new Entry(
            "memory-hour",
            new MemoryBenchmark(),
            "--size 320x240 --frames 108000",
            "--frames 3000"),
        new Entry("steps", new StepBenchmark(), "", "--quick"));
  }

  private static Entry encode(String name, String arguments) {
    return new Entry(name, new EncodeBenchmark(), arguments, QUICK_WARM_UP);
  }

  @Option(names = "--quick", description = "shows that all of it runs; its figures mean little")
  private boolean quick;

  @Option(names = "--only", split = ",", description = "names of result files, without .txt")
  private List<String> only = List.of();

  @Option(
      names = "--before",
      description = "class path of an earlier build, for the time until the first frame")
  private @Nullable String before;

  @Option(names = "--out", description = "directory of the result files (${DEFAULT-VALUE})")
  private Path out = Path.of("benchmarks", "results");

  @Option(names = "--page", description = "page to rewrite (${DEFAULT-VALUE})")
  private Path page = Path.of("docs", "performance.md");

  /** Runs the benchmarks. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new AllBenchmarks()).execute(args));
  }

  @Override
  public Integer call() {
    List<Entry> chosen =
        entries().stream().filter(e -> only.isEmpty() || only.contains(e.name())).toList();
    if (chosen.size() < only.size()) {
      throw new IllegalArgumentException(
          "--only " + only + ": the names are " + entries().stream().map(Entry::name).toList());
    }
    int failed = 0;
    for (Entry entry : chosen) {
      failed += run(entry) == 0 ? 0 : 1;
    }
    int written =
        new CommandLine(new PerformancePage())
            .execute("--results", out.toString(), "--page", page.toString());
    return failed == 0 ? written : 1;
  }

  /** Runs a benchmark; the next runs even if it fails. */
  private int run(Entry entry) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(words(entry.arguments()));
    if (quick) {
      arguments.addAll(words(entry.quick()));
    }
    if (before != null && entry.name().equals("cold")) {
      arguments.addAll(List.of("--before", before));
    }
    arguments.addAll(List.of("--out", out.resolve(entry.name() + ".txt").toString()));
    System.out.println("== " + entry.name() + " " + String.join(" ", arguments));
    long start = System.nanoTime();
    // of options that are given twice, the last one, the quick one, counts
    int code =
        new CommandLine(entry.benchmark())
            .setOverwrittenOptionsAllowed(true)
            .execute(arguments.toArray(String[]::new));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(
        "== " + entry.name() + (code == 0 ? "" : " FAILED") + ", " + took.toSeconds() + " s\n");
    return code;
  }

  private static List<String> words(String arguments) {
    return arguments.isEmpty() ? List.of() : List.of(arguments.strip().split(" ", -1));
  }
}
