package io.reelmux.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How far players are behind the camera: the page {@code live.html} reads the number of the frame
 * that it shows from the pixels, and the server knows when this frame was made.
 *
 * <p>Arguments: the folder with the page, the folder with the players from npm, the seconds for
 * each way, and optionally {@code --together}, which opens all pages at once, and the names of the
 * ways. {@code benchmarks/players/run.sh --live} calls it.
 */
public final class LiveLatency {
  private static final String TOGETHER = "--together";
  private static final int STAGGER_MILLIS = 5000;

  private static final List<String> WAYS =
      List.of(
          "mse",
          "shaka-parts",
          "shaka-parts-no-sync",
          "hls-parts",
          "shaka-dash-parts",
          "dash-parts",
          "chromium",
          "hls",
          "shaka-dash",
          "dash");

  private final LivePlayers players;
  private final int seconds;

  private LiveLatency(LivePlayers players, int seconds) {
    this.players = players;
    this.seconds = seconds;
  }

  /**
   * Runs the program.
   *
   * @param args folders, seconds and ways
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    List<String> rest = List.of(args).subList(3, args.length);
    boolean together = rest.contains(TOGETHER);
    List<String> named = rest.stream().filter(word -> !word.equals(TOGETHER)).toList();
    List<String> ways = named.isEmpty() ? WAYS : named;
    try (LivePlayers players = new LivePlayers(Path.of(args[0]), Path.of(args[1]))) {
      players.camera().start();
      // a window of segments, so that every way begins in the middle of the stream
      Thread.sleep(14_000);
      new LiveLatency(players, Integer.parseInt(args[2])).run(ways, together);
    }
    System.exit(0); // the camera still runs
  }

  private void run(List<String> ways, boolean together) throws Exception {
    System.out.println(
        "| way | latency, median | min-max | first tenth | last tenth | first frame | frames | stalls | errors |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
    int first = players.camera().made();
    ExecutorService pages = Executors.newFixedThreadPool(together ? ways.size() : 1);
    try {
      Map<String, Future<LiveReport>> reports = new LinkedHashMap<>();
      for (String way : ways) {
        reports.put(way, pages.submit(() -> players.watch(way, seconds)));
        if (together) {
          // a browser that starts takes all the processors for a moment
          Thread.sleep(STAGGER_MILLIS);
        }
      }
      for (Map.Entry<String, Future<LiveReport>> report : reports.entrySet()) {
        System.out.println(row(report.getKey(), report.getValue().get()));
      }
    } finally {
      pages.shutdownNow();
    }
    // how late the camera was by its own clock: what players cannot be blamed for
    List<Double> delays = players.camera().delays(first);
    System.out.println(
        "| the camera | " + columns(delays) + " | | %d | | |".formatted(delays.size()));
  }

  private String row(String way, LiveReport report) {
    List<Double> latencies = report.latencies(players.camera());
    if (latencies.isEmpty()) {
      return "| %s | - | - | - | - | - | 0 | %d | %s |"
          .formatted(way, report.stalls(), report.errors());
    }
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %d | %d | %s |",
        way,
        columns(latencies),
        report.firstFrame(),
        latencies.size(),
        report.stalls(),
        report.errors());
  }

  private static String columns(List<Double> values) {
    int tenth = Math.max(1, values.size() / 10);
    return String.format(
        Locale.ROOT,
        "%.2f | %.2f-%.2f | %.2f | %.2f",
        Statistics.median(values),
        values.stream().mapToDouble(x -> x).min().orElseThrow(),
        values.stream().mapToDouble(x -> x).max().orElseThrow(),
        Statistics.median(values.subList(0, tenth)),
        Statistics.median(values.subList(values.size() - tenth, values.size())));
  }
}
