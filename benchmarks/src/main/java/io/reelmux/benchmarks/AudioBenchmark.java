package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What does it cost to encode stereo samples at 48 kHz as AAC, compared with JavaCV's recorder and
 * with the ffmpeg command?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=AudioBenchmark -Dargs="--out benchmarks/results/audio.txt"
 * </pre>
 */
@Command(
    name = "AudioBenchmark",
    description = "Encodes the same samples with Reelmux, JavaCV and ffmpeg.",
    mixinStandardHelpOptions = true)
final class AudioBenchmark implements Callable<Integer> {
  private static final List<String> JVM_OPTIONS = List.of("-Xmx512m");

  @Option(names = "--seconds", description = "length of the audio (${DEFAULT-VALUE})")
  private int seconds = 600;

  @Option(names = "--rounds", description = "encodings per contender (${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new AudioBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ResultFile result;
    try (InputFiles files = new InputFiles()) {
      Path samples = samples(files);
      List<List<String>> rows =
          Rounds.measure(
              List.of(AudioContender.values()),
              AudioContender::name,
              rounds,
              (contender, round) -> measure(contender, files, samples));
      result = new ResultFile(facts(), ResultFile.columns(AudioChild.COLUMNS), rows);
    }
    if (out != null) {
      result.write(out);
    }
    System.out.println();
    tables(result).forEach(table -> System.out.println(table.toText()));
    return 0;
  }

  private Path samples(InputFiles files) throws IOException {
    float[][] chunk = AudioContender.chunk();
    ByteBuffer interleaved =
        ByteBuffer.allocate(2 * Float.BYTES * AudioContender.CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < AudioContender.CHUNK; i++) {
      interleaved.putFloat(chunk[0][i]).putFloat(chunk[1][i]);
    }
    int chunks = seconds * (AudioContender.SAMPLE_RATE / AudioContender.CHUNK);
    return files.write("samples.f32", List.of(interleaved.flip()), chunks);
  }

  private String measure(AudioContender contender, InputFiles files, Path samples)
      throws IOException, InterruptedException {
    Path file = files.path("out.mp4");
    Files.deleteIfExists(file);
    if (contender == AudioContender.FFMPEG_COMMAND) {
      FfmpegCommand.Run run =
          FfmpegCommand.encodeAudio(
              samples, AudioContender.SAMPLE_RATE, AudioContender.BIT_RATE, file);
      return AudioChild.line(run.wallMillis(), run.cpuSeconds(), file);
    }
    List<String> arguments = List.of(contender.name(), String.valueOf(seconds), file.toString());
    List<String> lines = ChildJvm.run(AudioChild.class, JVM_OPTIONS, arguments);
    return lines.get(lines.size() - 1);
  }

  private Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seconds", String.valueOf(seconds));
    facts.put("sample rate", String.valueOf(AudioContender.SAMPLE_RATE));
    facts.put("bit rate", String.valueOf(AudioContender.BIT_RATE));
    facts.put("samples added at once", String.valueOf(AudioContender.CHUNK));
    facts.put("rounds", String.valueOf(rounds));
    facts.putAll(Machine.describe());
    return facts;
  }

  /** Returns the table of the figures, and that of the targets. */
  static List<Table> tables(ResultFile result) {
    Comparison comparison = new Comparison(result);
    Table figures =
        new Table(
            List.of("Contender", "wall s", "CPU s", "CPU, JavaCV = 1", "KB"),
            Arrays.stream(AudioContender.values())
                .filter(contender -> comparison.has(contender.name()))
                .map(contender -> line(comparison, contender))
                .toList());
    return List.of(
        figures,
        Target.table(
            List.of(
                Target.atMost(
                    "CPU time, JavaCV's = 1", cpu(comparison, AudioContender.JAVACV), 0.6),
                Target.atMost(
                    "CPU time, the ffmpeg command's = 1",
                    cpu(comparison, AudioContender.FFMPEG_COMMAND),
                    1.0))));
  }

  private static double cpu(Comparison comparison, AudioContender base) {
    return comparison.ratio(AudioContender.REELMUX.name(), base.name(), "CPU s");
  }

  private static List<String> line(Comparison comparison, AudioContender contender) {
    String name = contender.name();
    return List.of(
        contender.title(),
        Table.figure("%.2f", comparison.median(name, "wall ms") / 1000),
        Table.figure("%.2f", comparison.median(name, "CPU s")),
        Table.figure("%.2f", comparison.ratio(name, AudioContender.JAVACV.name(), "CPU s")),
        Table.figure("%.0f", comparison.median(name, "file bytes") / 1000));
  }
}
