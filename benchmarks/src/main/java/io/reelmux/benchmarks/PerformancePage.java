package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Rewrites the tables of docs/performance.md from the result files.
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=PerformancePage
 * </pre>
 *
 * <p>Run it from the root of the repository, or name the files with {@code --page} and {@code
 * --results}.
 */
@Command(
    name = "PerformancePage",
    description = "Writes the tables of docs/performance.md from the result files.",
    mixinStandardHelpOptions = true)
final class PerformancePage implements Callable<Integer> {

  /**
   * A place on the page.
   *
   * @param name of the place; the result files are {@code name.txt} and {@code name-*.txt}
   * @param tables returns the tables of a result
   */
  private record Section(String name, Function<ResultFile, List<Table>> tables) {}

  private static final List<Section> SECTIONS =
      List.of(
          new Section("encode", result -> new EncodeReport(result).tables()),
          new Section("clips", ClipBenchmark::tables),
          new Section("parallel", result -> List.of(new ConcurrentReport(result).frames())),
          new Section("audio", AudioBenchmark::tables),
          new Section("cold", ColdBenchmark::tables),
          new Section("read", result -> List.of(new ReadReport(result).table())),
          new Section("memory", result -> new MemoryReport(result).tables()),
          new Section("steps", result -> List.of(StepBenchmark.table(result))));

  @Option(names = "--page", description = "page to rewrite (${DEFAULT-VALUE})")
  private Path page = Path.of("docs", "performance.md");

  @Option(names = "--results", description = "directory of the result files (${DEFAULT-VALUE})")
  private Path results = Path.of("benchmarks", "results");

  /** Rewrites the page. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PerformancePage()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    String text = Files.readString(page);
    for (Section section : SECTIONS) {
      text = replace(text, section.name(), content(section));
    }
    Files.writeString(page, text);
    return 0;
  }

  private String content(Section section) throws IOException {
    StringBuilder content = new StringBuilder();
    for (Path file : files(section.name())) {
      ResultFile result = ResultFile.read(file);
      content.append(content.isEmpty() ? "" : "\n").append(facts(result));
      for (Table table : section.tables().apply(result)) {
        content.append('\n').append(table.toMarkdown());
      }
    }
    return content.isEmpty() ? "Not measured yet.\n" : content.toString();
  }

  /** Returns the result files of a section, the plain name first. */
  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name + "(-.*)?\\.txt"))
          .sorted((a, b) -> name(a).compareTo(name(b)))
          .toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".txt", "");
  }

  private static String facts(ResultFile result) {
    StringBuilder text = new StringBuilder();
    result.facts().forEach((name, value) -> text.append(name + " " + value + "; "));
    text.setLength(text.length() - 2);
    return text + ".\n";
  }

  /** Replaces the text between {@code <!-- name -->} and {@code <!-- end name -->}. */
  private static String replace(String text, String name, String content) throws IOException {
    String start = "<!-- " + name + " -->\n";
    int from = text.indexOf(start);
    int to = text.indexOf("<!-- end " + name + " -->");
    if (from < 0 || to < from) {
      throw new IOException("the page has no place for " + name);
    }
    return text.substring(0, from + start.length()) + content + text.substring(to);
  }
}
