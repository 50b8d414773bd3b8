package io.reelmux.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long does it take to encode RGB frames to an MP4 file with x264, compared with JavaCV's
 * recorder and with a loop of plain FFmpeg calls whose input is already yuv420p?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=EncodeBenchmark -Dargs="--out benchmarks/results/encode.txt"
 * </pre>
 *
 * <p>Run it on Linux from the root of the repository; the defaults take some minutes. {@code
 * --help} in {@code -Dargs} lists the options. Without {@code --out} it only prints the table.
 *
 * <p>Every contender runs once per round, each time in its own process, and the order changes with
 * each round. A process generates its frames, encodes {@link Job#WARM_UP} of them to warm up, then
 * measures one encoding from opening the file to completing it, and counts the frames in the file.
 */
@Command(
    name = "EncodeBenchmark",
    description = "Encodes the same frames with Reelmux, JavaCV and plain FFmpeg calls.",
    mixinStandardHelpOptions = true)
final class EncodeBenchmark implements Callable<Integer> {

  /** Enough for the frames; the same for all contenders. */
  private static final List<String> JVM_OPTIONS = List.of("-Xmx1g");

  @Option(names = "--frames", description = "frames per encoding (${DEFAULT-VALUE})")
  private int frames = 240;

  @Option(names = "--rounds", description = "encodings per contender (${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(names = "--size", description = "frame size (${DEFAULT-VALUE})")
  private String size = "1280x720";

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EncodeBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Job job = Job.of(size, frames);
    List<List<String>> rows = new ArrayList<>();
    List<Contender> order = new ArrayList<>(Arrays.asList(Contender.values()));
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : order) {
        List<String> row = run(contender, job, round);
        System.out.println(String.join("\t", row));
        rows.add(row);
      }
      Collections.rotate(order, 3);
    }
    ResultFile result = new ResultFile(facts(job), ResultFile.columns(Measurement.HEADER), rows);
    if (out != null) {
      result.write(out);
    }
    System.out.println();
    System.out.print(new EncodeReport(result).table().toText());
    return 0;
  }

  private static List<String> run(Contender contender, Job job, int round)
      throws IOException, InterruptedException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<String> lines =
        ChildJvm.run(
            EncodeChild.class,
            JVM_OPTIONS,
            List.of(contender.name(), job.size(), String.valueOf(job.frames())));
    Measurement measurement = Measurement.ofLine(lines.get(lines.size() - 1));
    return ResultFile.row(contender, round, load, measurement.toLine());
  }

  private Map<String, String> facts(Job job) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", job.size());
    facts.put("frames", String.valueOf(job.frames()));
    facts.put("rounds", String.valueOf(rounds));
    facts.put("warm-up frames", String.valueOf(Job.WARM_UP));
    facts.put("encoder", "%s %s crf %d".formatted(Job.ENCODER, Job.PRESET, Job.CRF));
    facts.putAll(Machine.describe());
    return facts;
  }
}
