package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What do the library's own steps cost? Runs the JMH benchmarks of {@code *Steps}.
 *
 * <pre>
 * ./mvnw -q package -Dbenchmark=StepBenchmark -Dargs="--out benchmarks/results/steps.txt"
 * </pre>
 */
@Command(
    name = "StepBenchmark",
    description = "Measures single steps with JMH.",
    mixinStandardHelpOptions = true)
final class StepBenchmark implements Callable<Integer> {
  private static final List<String> COLUMNS = List.of("step", "parameters", "us/op", "error us/op");

  @Option(names = "--quick", description = "one short iteration")
  private boolean quick;

  @Option(names = "--out", description = "result file to write")
  private @Nullable Path out;

  /** Runs the benchmarks. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new StepBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(".*Steps\\..*")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .shouldFailOnError(true)
            .forks(quick ? 1 : 3)
            .warmupIterations(quick ? 1 : 5)
            .measurementIterations(quick ? 1 : 5)
            .warmupTime(TimeValue.milliseconds(quick ? 200 : 1000))
            .measurementTime(TimeValue.milliseconds(quick ? 200 : 1000));
    Collection<RunResult> results = new Runner(options.build()).run();
    ResultFile file = new ResultFile(facts(), COLUMNS, rows(results));
    if (out != null) {
      file.write(out);
    }
    System.out.println();
    System.out.print(table(file).toText());
    return 0;
  }

  private static List<List<String>> rows(Collection<RunResult> results) {
    List<List<String>> rows = new ArrayList<>();
    for (RunResult result : results) {
      List<String> parameters = new ArrayList<>();
      for (String key : result.getParams().getParamsKeys()) {
        parameters.add(key + " " + result.getParams().getParam(key));
      }
      String name = result.getParams().getBenchmark();
      rows.add(
          List.of(
              name.replaceAll(".*\\.(\\w+)\\.(\\w+)$", "$1.$2"),
              parameters.isEmpty() ? Comparison.NONE : String.join(", ", parameters),
              String.format(Locale.ROOT, "%.2f", result.getPrimaryResult().getScore()),
              String.format(Locale.ROOT, "%.2f", result.getPrimaryResult().getScoreError())));
    }
    rows.sort(Comparator.comparing(row -> row.get(0) + row.get(1)));
    return rows;
  }

  private static Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("size", "1280x720");
    facts.putAll(Machine.describe());
    return facts;
  }

  static Table table(ResultFile result) {
    return new Table(
        List.of("Step", "with", "µs", "± µs"),
        result.rows().stream()
            .map(row -> List.of(row.get(0), row.get(1), row.get(2), row.get(3)))
            .toList());
  }
}
