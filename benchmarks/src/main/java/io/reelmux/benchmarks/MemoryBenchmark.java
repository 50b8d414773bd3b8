package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Does the native memory of one long encoding stay bounded?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=MemoryBenchmark -Dargs="--out benchmarks/results/memory.txt"
 * </pre>
 *
 * <p>Run it on Linux from the root of the repository. {@code --help} in {@code -Dargs} lists the
 * options. Without {@code --out} it only prints the tables. It exits with 1 if memory grows.
 *
 * <p>The encoding runs in a process whose entire Java heap is resident from the start, so that a
 * change of resident memory is a change of native memory.
 */
@Command(
    name = "MemoryBenchmark",
    description = "Samples the memory of one long encoding; fails if it grows.",
    mixinStandardHelpOptions = true)
final class MemoryBenchmark implements Callable<Integer> {
  private static final List<String> JVM_OPTIONS =
      List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  @Option(names = "--frames", description = "frames to encode (${DEFAULT-VALUE})")
  private int frames = 10_000;

  @Option(names = "--size", description = "frame size (${DEFAULT-VALUE})")
  private String size = "1280x720";

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MemoryBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Job job = Job.of(size, frames);
    List<String> lines = ChildJvm.run(MemoryChild.class, JVM_OPTIONS, job.toArguments());
    List<List<String>> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(List.of(line.split("\t", -1))));
    ResultFile result = new ResultFile(facts(job), MemoryReport.COLUMNS, rows);
    if (out != null) {
      result.write(out);
    }
    MemoryReport report = new MemoryReport(result);
    System.out.println(report.samples().toText());
    report.tables().forEach(table -> System.out.println(table.toText()));
    return report.isFlat() ? 0 : 1;
  }

  private static Map<String, String> facts(Job job) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", job.size());
    facts.put("frames", String.valueOf(job.frames()));
    facts.put("encoder", job.encoder());
    facts.putAll(Machine.describe());
    return facts;
  }
}
