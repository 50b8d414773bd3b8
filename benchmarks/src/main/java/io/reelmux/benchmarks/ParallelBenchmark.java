package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many frames per second do several encoders in one process encode together?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=ParallelBenchmark -Dargs="--out benchmarks/results/parallel.txt"
 * </pre>
 *
 * <p>Each encoder has a thread that feeds it, and encodes into memory.
 */
@Command(
    name = "ParallelBenchmark",
    description = "Runs several encoders at once in one process.",
    mixinStandardHelpOptions = true)
final class ParallelBenchmark implements Callable<Integer> {
  private static final List<Contender> CONTENDERS =
      List.of(Contender.FLOOR, Contender.REELMUX_RGB24_HEAP, Contender.JAVACV_RGB24);

  @Option(names = "--encoders", split = ",", description = "(by default 1,2,4,8)")
  private List<Integer> encoders = List.of(1, 2, 4, 8);

  @Option(names = "--frames", description = "frames of each encoder (${DEFAULT-VALUE})")
  private int frames = 240;

  @Option(names = "--rounds", description = "measurements of each contender (${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(names = "--size", description = "frame size (${DEFAULT-VALUE})")
  private String size = "1280x720";

  @Option(names = "--warm-up", description = "least frames before (${DEFAULT-VALUE})")
  private int warmUp = Job.WARM_UP;

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ParallelBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Job job = Job.of(size, frames).withWarmUp(warmUp);
    ResultFile result = new ConcurrentRuns(job, 1, CONTENDERS, encoders).measure(rounds);
    if (out != null) {
      result.write(out);
    }
    System.out.println();
    System.out.print(new ConcurrentReport(result).frames().toText());
    return 0;
  }
}
