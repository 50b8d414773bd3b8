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
 * How many short clips can one caller encode in memory, or two callers at once?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=ClipBenchmark -Dargs="--out benchmarks/results/clips.txt"
 * </pre>
 *
 * <p>Each clip is an encoding of its own, from creating the encoder to completing the MP4. The
 * ffmpeg command runs once for each clip, from and to a file in memory.
 */
@Command(
    name = "ClipBenchmark",
    description = "Encodes many short clips with Reelmux, JavaCV, ffmpeg and plain FFmpeg calls.",
    mixinStandardHelpOptions = true)
final class ClipBenchmark implements Callable<Integer> {
  private static final List<Contender> CONTENDERS =
      List.of(
          Contender.FLOOR,
          Contender.REELMUX_RGB24_HEAP,
          Contender.JAVACV_RGB24,
          Contender.FFMPEG_COMMAND);
  private static final List<Integer> CALLERS = List.of(1, 2);

  @Option(names = "--frames", description = "frames of a clip (${DEFAULT-VALUE})")
  private int frames = 30;

  @Option(names = "--clips", description = "clips of each caller (${DEFAULT-VALUE})")
  private int clips = 100;

  @Option(names = "--rounds", description = "measurements of each contender (${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(names = "--size", description = "frame size (${DEFAULT-VALUE})")
  private String size = "320x240";

  /** Two hundred clips: opening runs so much code that the JVM compiles until then. */
  @Option(names = "--warm-up", description = "least frames before (${DEFAULT-VALUE})")
  private int warmUp = 6000;

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ClipBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Job job = Job.of(size, frames).withWarmUp(warmUp);
    ResultFile result = new ConcurrentRuns(job, clips, CONTENDERS, CALLERS).measure(rounds);
    if (out != null) {
      result.write(out);
    }
    System.out.println();
    tables(result).forEach(table -> System.out.println(table.toText()));
    return 0;
  }

  /** Returns the table of the figures, and that of the targets. */
  static List<Table> tables(ResultFile result) {
    ConcurrentReport report = new ConcurrentReport(result);
    List<Target> targets =
        CALLERS.stream()
            .flatMap(
                callers ->
                    List.of(
                        Target.atLeast(
                            callers + " at once: clips/s, JavaCV's = 1",
                            report.speedUp(Contender.JAVACV_RGB24, callers),
                            1.5),
                        Target.atLeast(
                            callers + " at once: clips/s, the ffmpeg command's = 1",
                            report.speedUp(Contender.FFMPEG_COMMAND, callers),
                            3))
                        .stream())
            .toList();
    return List.of(report.clips(), Target.table(targets));
  }
}
