package io.reelmux.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long does it take to encode RGB frames to an MP4 file, compared with JavaCV's recorder, with
 * the ffmpeg command, and with a loop of plain FFmpeg calls whose input is already yuv420p?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=EncodeBenchmark -Dargs="--out benchmarks/results/encode.txt"
 * </pre>
 *
 * <p>Run it on Linux from the root of the repository; the defaults take some minutes. {@code
 * --help} in {@code -Dargs} lists the options. Without {@code --out} it only prints the tables. If
 * the result file exists, it also says whether the contenders still write the same.
 *
 * <p>Every contender runs once per round, each time in its own process, and the order changes with
 * each round. A process generates its frames, encodes at least {@link Job#WARM_UP} of them to warm
 * up, then measures one encoding from opening the file to completing it, and counts the frames in
 * the file. The ffmpeg command, which cannot warm up, reads its frames from a file in memory.
 */
@Command(
    name = "EncodeBenchmark",
    description = "Encodes the same frames with Reelmux, JavaCV, ffmpeg and plain FFmpeg calls.",
    mixinStandardHelpOptions = true)
final class EncodeBenchmark implements Callable<Integer> {

  /** The additional columns: without the start of the process, and of the first round only. */
  private static final String ADDED = "\tstart ms\tPSNR dB";

  @Option(names = "--frames", description = "frames per encoding (${DEFAULT-VALUE})")
  private int frames = 240;

  @Option(names = "--rounds", description = "encodings per contender (${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(names = "--size", description = "frame size (${DEFAULT-VALUE})")
  private String size = "1280x720";

  @Option(
      names = "--codec",
      description = "libx264, libsvtav1, libvpx-vp9 or libopenh264 (${DEFAULT-VALUE})")
  private String codec = "libx264";

  @Option(names = "--preset", description = "by default the fastest that is in use")
  private @Nullable String preset;

  @Option(
      names = "--contenders",
      split = ",",
      description = "those to run (by default all): ${COMPLETION-CANDIDATES}")
  private List<Contender> contenders =
      Arrays.stream(Contender.values()).filter(c -> c != Contender.REELMUX_BEFORE).toList();

  @Option(
      names = "--before",
      description = "class path of an earlier build of the library, for REELMUX_BEFORE")
  private @Nullable String before;

  @Option(names = "--warm-up", description = "least frames before (${DEFAULT-VALUE})")
  private int warmUp = Job.WARM_UP;

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new EncodeBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Codec encoder = Codec.of(codec);
    String speed = preset == null ? encoder.defaultPreset() : preset;
    Job job = Job.of(size, frames, encoder, speed).withWarmUp(warmUp);
    ResultFile result;
    try (InputFiles files = new InputFiles()) {
      Measured measured = new Measured(job, before, files, files.packed(job), files.i420(job));
      List<List<String>> rows =
          Rounds.measure(contenders, Contender::name, rounds, measured::measure);
      result = new ResultFile(facts(job), ResultFile.columns(EncodeChild.COLUMNS + ADDED), rows);
    }
    EncodeReport report = new EncodeReport(result);
    System.out.println();
    report.tables().forEach(table -> System.out.println(table.toText()));
    if (out != null) {
      if (Files.exists(out)) {
        System.out.println(report.outputs(ResultFile.read(out)).toText());
      }
      result.write(out);
    }
    return 0;
  }

  private record Measured(
      Job job, @Nullable String before, InputFiles files, Path packed, Path i420) {

    /** Enough for the frames; the same for all contenders. */
    private static String heap(Job job) {
      long ring = 4L * Job.RING * job.width() * job.height();
      return "-Xmx" + Math.max(1024, 2 * ring / (1 << 20)) + "m";
    }

    String measure(Contender contender, int round) throws IOException, InterruptedException {
      Path file = files.path("out.mp4");
      String measured =
          contender == Contender.FFMPEG_COMMAND ? command(file) : inChild(contender, file);
      String psnr =
          round == 1
              ? String.format(Locale.ROOT, "%.3f", FfmpegCommand.psnr(file, i420, job))
              : Comparison.NONE;
      Files.delete(file);
      return measured + "\t" + psnr;
    }

    /** The earlier library comes first; what it does not have is taken from the present one. */
    private String classPath(Contender contender) {
      String now = System.getProperty("java.class.path");
      return contender == Contender.REELMUX_BEFORE
          ? Objects.requireNonNull(before, "--before") + File.pathSeparator + now
          : now;
    }

    private String command(Path file) throws IOException, InterruptedException {
      FfmpegCommand.Run run = FfmpegCommand.encode(packed, job, file);
      return String.format(
          Locale.ROOT,
          "%.1f\t%.3f\t%.1f\t-\t-\t%d\t%.1f",
          run.wallMillis(),
          run.cpuSeconds(),
          run.peakMiB(),
          Files.size(file),
          run.wallMillis() - run.workMillis());
    }

    private String inChild(Contender contender, Path file)
        throws IOException, InterruptedException {
      List<String> arguments = new ArrayList<>(List.of(contender.name(), file.toString()));
      arguments.addAll(job.toArguments());
      List<String> lines =
          ChildJvm.run(classPath(contender), EncodeChild.class, List.of(heap(job)), arguments);
      return lines.get(lines.size() - 1) + "\t" + Comparison.NONE;
    }
  }

  private Map<String, String> facts(Job job) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", job.size());
    facts.put("frames", String.valueOf(job.frames()));
    facts.put("rounds", String.valueOf(rounds));
    facts.put("warm-up frames", String.valueOf(job.warmUps() * job.frames()));
    facts.put("encoder", job.encoder());
    facts.putAll(Machine.describe());
    return facts;
  }
}
