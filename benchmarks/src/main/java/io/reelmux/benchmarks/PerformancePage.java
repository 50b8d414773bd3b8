package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    ResultFile encode = ResultFile.read(results.resolve("encode.txt"));
    String text = Files.readString(page);
    text = replace(text, "encode", facts(encode) + new EncodeReport(encode).table().toMarkdown());
    Path memoryFile = results.resolve("memory.txt");
    if (Files.exists(memoryFile)) {
      ResultFile memory = ResultFile.read(memoryFile);
      text = replace(text, "memory", facts(memory) + new MemoryReport(memory).table().toMarkdown());
    }
    ResultFile read = ResultFile.read(results.resolve("read.txt"));
    text = replace(text, "read", facts(read) + new ReadReport(read).table().toMarkdown());
    Files.writeString(page, text);
    return 0;
  }

  private static String facts(ResultFile result) {
    StringBuilder text = new StringBuilder();
    result.facts().forEach((name, value) -> text.append(name + " " + value + "; "));
    text.setLength(text.length() - 2);
    return text + ".\n\n";
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
