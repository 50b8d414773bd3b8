package io.reelmux.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long does a new process take until it has encoded the first frame, and all frames of a file?
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=ColdBenchmark -Dargs="--out benchmarks/results/cold.txt"
 * </pre>
 *
 * <p>Nothing is warm: each measurement starts a process that reads RGB24 frames from a file in
 * memory. The native libraries are already unpacked. {@code --java} names another JDK; {@code
 * --before} an earlier build of the library to compare with.
 */
@Command(
    name = "ColdBenchmark",
    description = "Starts programs that encode the same file with Reelmux, JavaCV and ffmpeg.",
    mixinStandardHelpOptions = true)
final class ColdBenchmark implements Callable<Integer> {

  /** The first JDK that writes an AOT cache in one step. */
  private static final int AOT_JDK = 25;

  /** The first JDK that warns without it. */
  private static final int NATIVE_ACCESS_JDK = 24;

  @Option(names = "--frames", description = "frames of the file (${DEFAULT-VALUE})")
  private int frames = 240;

  @Option(names = "--rounds", description = "processes per contender (${DEFAULT-VALUE})")
  private int rounds = 11;

  @Option(names = "--size", description = "frame size (${DEFAULT-VALUE})")
  private String size = "1280x720";

  @Option(names = "--java", description = "folder of the JDK that runs the programs")
  private Path java = Path.of(System.getProperty("java.home"));

  @Option(names = "--before", description = "class path of an earlier build of the library")
  private @Nullable String before;

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  private final Map<ColdContender, ClassArchive> archives = new EnumMap<>(ColdContender.class);

  /** Runs the benchmark. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ColdBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Job job = Job.of(size, frames);
    ResultFile result;
    try (InputFiles files = new InputFiles()) {
      Path packed = files.packed(job);
      String classPath = JarClassPath.of(System.getProperty("java.class.path"), files.path(""));
      createArchives(files, packed, classPath, job);
      List<List<String>> rows =
          Rounds.measure(
              contenders(),
              ColdContender::name,
              rounds,
              (contender, round) -> measure(contender, files, packed, classPath, job));
      result = new ResultFile(facts(job), ResultFile.columns(ColdProcess.COLUMNS), rows);
    }
    if (out != null) {
      result.write(out);
    }
    System.out.println();
    tables(result).forEach(table -> System.out.println(table.toText()));
    return 0;
  }

  private void createArchives(InputFiles files, Path packed, String classPath, Job job)
      throws IOException, InterruptedException {
    archives.put(ColdContender.REELMUX_APPCDS, ClassArchive.appCds(files.path("app.jsa")));
    if (version() >= AOT_JDK) {
      archives.put(ColdContender.REELMUX_AOT, ClassArchive.aotCache(files.path("app.aot")));
    }
    for (ClassArchive archive : archives.values()) {
      new ColdProcess(java, classPath, ColdReelmux.class)
          .run(options(archive.create()), arguments(files, packed, job));
    }
  }

  private List<ColdContender> contenders() {
    List<ColdContender> contenders = new ArrayList<>(Arrays.asList(ColdContender.values()));
    if (before == null) {
      contenders.remove(ColdContender.REELMUX_BEFORE);
    }
    if (!archives.containsKey(ColdContender.REELMUX_AOT)) {
      contenders.remove(ColdContender.REELMUX_AOT);
    }
    return contenders;
  }

  private String measure(
      ColdContender contender, InputFiles files, Path packed, String classPath, Job job)
      throws IOException, InterruptedException {
    if (contender == ColdContender.FFMPEG_COMMAND) {
      FfmpegCommand.Run run = FfmpegCommand.encode(packed, job, files.path("out.mp4"));
      return "-\t-\t" + Table.figure("%.1f", run.wallMillis()) + "\t" + run.cpuSeconds();
    }
    // the earlier library comes first; what it does not have is taken from the present one
    String path =
        contender == ColdContender.REELMUX_BEFORE
            ? Objects.requireNonNull(before) + File.pathSeparator + classPath
            : classPath;
    ClassArchive archive = archives.get(contender);
    return new ColdProcess(java, path, contender.program())
        .run(options(archive == null ? List.of() : archive.use()), arguments(files, packed, job));
  }

  private static List<String> arguments(InputFiles files, Path packed, Job job) {
    return List.of(
        packed.toString(),
        files.path("out.mp4").toString(),
        String.valueOf(job.width()),
        String.valueOf(job.height()));
  }

  private List<String> options(List<String> archive) throws IOException {
    List<String> options = new ArrayList<>(archive);
    if (version() >= NATIVE_ACCESS_JDK) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }

  /** Returns the JDK's feature version, by the file that each JDK has. */
  private int version() throws IOException {
    return Runtime.Version.parse(release("JAVA_VERSION")).feature();
  }

  private String release(String name) throws IOException {
    return Files.readAllLines(java.resolve("release")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1).replace("\"", ""))
        .findFirst()
        .orElseThrow(() -> new IOException(java + " is no JDK: no " + name));
  }

  private Map<String, String> facts(Job job) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", job.size());
    facts.put("frames", String.valueOf(job.frames()));
    facts.put("rounds", String.valueOf(rounds));
    facts.put("encoder", job.encoder());
    facts.putAll(Machine.describe());
    facts.put("Java", "JDK " + release("JAVA_VERSION"));
    return facts;
  }

  /** Returns the table of the figures, and that of the targets. */
  static List<Table> tables(ResultFile result) {
    Comparison comparison = new Comparison(result);
    Table figures =
        new Table(
            List.of(
                "Program",
                "first frame ms",
                "first frame CPU s",
                "all frames ms",
                "all frames CPU s",
                "all frames, ffmpeg command = 1"),
            Arrays.stream(ColdContender.values())
                .filter(contender -> comparison.has(contender.name()))
                .map(contender -> line(comparison, contender))
                .toList());
    return List.of(
        figures,
        Target.table(
            List.of(
                firstFrame(comparison, ColdContender.REELMUX, 0.88),
                firstFrame(comparison, ColdContender.REELMUX_APPCDS, 0.72))));
  }

  private static Target firstFrame(
      Comparison comparison, ColdContender contender, double required) {
    return Target.atMost(
        contender.title() + ": wall clock until the first frame, the earlier build's = 1",
        comparison.ratio(contender.name(), ColdContender.REELMUX_BEFORE.name(), "first ms"),
        required);
  }

  private static List<String> line(Comparison comparison, ColdContender contender) {
    String name = contender.name();
    return List.of(
        contender.title(),
        Table.figure("%.0f", comparison.median(name, "first ms")),
        Table.figure("%.2f", comparison.median(name, "first CPU s")),
        Table.figure("%.0f", comparison.median(name, "wall ms")),
        Table.figure("%.2f", comparison.median(name, "CPU s")),
        Table.figure(
            "%.2f", comparison.ratio(name, ColdContender.FFMPEG_COMMAND.name(), "wall ms")));
  }
}
