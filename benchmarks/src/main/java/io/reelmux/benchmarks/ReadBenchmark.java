package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What does it cost to read an H.264 file as RGB, compared with decoding alone, with JavaCV's
 * grabber and with the ffmpeg command?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=ReadBenchmark -Dargs="--out benchmarks/results/read.txt"
 * </pre>
 *
 * <p>Run it on Linux from the root of the repository. The ffmpeg command makes the file. The
 * defaults take some minutes. {@code --help} in {@code -Dargs} lists the options. Without {@code
 * --out} it only prints the table.
 *
 * <p>Every contender runs once per round, each time in its own process, and the order changes with
 * each round. A process reads the file {@link ReadContender#warmUps} times to warm up, then
 * measures reading it again.
 */
@Command(
    name = "ReadBenchmark",
    description = "Reads the same file with Reelmux, JavaCV, ffmpeg and plain FFmpeg calls.",
    mixinStandardHelpOptions = true)
final class ReadBenchmark implements Callable<Integer> {
  private static final List<String> JVM_OPTIONS = List.of("-Xmx512m");

  @Option(names = "--frames", description = "frames of the file (${DEFAULT-VALUE})")
  private int frames = 300;

  @Option(names = "--gop", description = "frames from one key frame to the next (${DEFAULT-VALUE})")
  private int gop = 60;

  @Option(names = "--rounds", description = "readings per contender (${DEFAULT-VALUE})")
  private int rounds = 5;

  @Option(names = "--size", description = "frame size (${DEFAULT-VALUE})")
  private String size = "1280x720";

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ReadBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = Files.createTempFile("benchmark", ".mp4");
    try {
      FfmpegCommand.make(file, size, frames, gop);
      ResultFile result =
          new ResultFile(facts(file), ResultFile.columns(ReadMeasurement.HEADER), measure(file));
      if (out != null) {
        result.write(out);
      }
      System.out.println();
      System.out.print(new ReadReport(result).table().toText());
      return 0;
    } finally {
      Files.delete(file);
    }
  }

  private List<List<String>> measure(Path file) throws IOException, InterruptedException {
    return Rounds.measure(
        List.of(ReadContender.values()),
        ReadContender::name,
        rounds,
        (contender, round) -> run(contender, file).toLine());
  }

  private ReadMeasurement run(ReadContender contender, Path file)
      throws IOException, InterruptedException {
    ReadMeasurement measurement =
        contender == ReadContender.FFMPEG_COMMAND
            ? FfmpegCommand.read(file, frames)
            : inChild(contender, file);
    if (contender.isSequential() && measurement.frames() != frames) {
      throw new IOException(
          contender + " read " + measurement.frames() + " frames instead of " + frames);
    }
    return measurement;
  }

  private ReadMeasurement inChild(ReadContender contender, Path file)
      throws IOException, InterruptedException {
    List<String> arguments =
        List.of(contender.name(), file.toString(), String.valueOf(contender.warmUps()));
    List<String> lines = ChildJvm.run(ReadChild.class, JVM_OPTIONS, arguments);
    return ReadMeasurement.ofLine(lines.get(lines.size() - 1));
  }

  private Map<String, String> facts(Path file) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", size);
    facts.put("frames", String.valueOf(frames));
    facts.put("GOP", String.valueOf(gop));
    facts.put("file bytes", String.valueOf(Files.size(file)));
    facts.put("rounds", String.valueOf(rounds));
    facts.put("warm-up readings", String.valueOf(ReadContender.WARM_UPS));
    facts.put("decoder threads", "1");
    facts.putAll(Machine.describe());
    return facts;
  }
}
