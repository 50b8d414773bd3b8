package io.reelmux.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What players do when a live stream ends: those that watch it, and those that come afterwards.
 *
 * <p>Arguments: the folder with the page and the folder with the players from npm. {@code
 * benchmarks/players/run.sh --end} calls it.
 */
public final class LiveEnd {
  private static final List<String> WAYS =
      List.of(
          "mse",
          "shaka-parts",
          "hls-parts",
          "shaka-dash-parts",
          "dash-parts",
          "chromium",
          "hls",
          "shaka-dash",
          "dash");

  /** Two windows of segments. */
  private static final int SECONDS = 24;

  private static final int MAX_SECONDS = 40;

  private LiveEnd() {}

  /**
   * Runs the program.
   *
   * @param args folders, and optionally the ways
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    List<String> ways = args.length > 2 ? List.of(args).subList(2, args.length) : WAYS;
    System.out.println(
        "| way | joined | ended | frames | first | last of %d | errors |"
            .formatted(LiveCamera.RATE * SECONDS));
    System.out.println("| --- | --- | --- | ---: | ---: | ---: | --- |");
    try (LivePlayers players = new LivePlayers(Path.of(args[0]), Path.of(args[1]))) {
      players.camera().end(SECONDS);
      players.camera().start();
      Thread.sleep(14_000);
      watch(players, ways, "before the end");
      watch(players, ways.stream().filter(way -> !way.equals("mse")).toList(), "after the end");
    }
    System.exit(0);
  }

  private static void watch(LivePlayers players, List<String> ways, String joined)
      throws Exception {
    ExecutorService pages = Executors.newFixedThreadPool(ways.size());
    try {
      Map<String, Future<LiveReport>> reports = new LinkedHashMap<>();
      for (String way : ways) {
        reports.put(way, pages.submit(() -> players.watch(way, MAX_SECONDS)));
      }
      for (Map.Entry<String, Future<LiveReport>> report : reports.entrySet()) {
        System.out.println(row(report.getKey(), joined, report.getValue().get()));
      }
    } finally {
      pages.shutdownNow();
    }
  }

  private static String row(String way, String joined, LiveReport report) {
    List<LiveReport.Shown> frames = report.frames();
    return "| %s | %s | %s | %d | %s | %s | %s |"
        .formatted(
            way,
            joined,
            report.ended() ? "yes" : "no",
            frames.size(),
            frames.isEmpty() ? "-" : frames.get(0).number() + 1,
            frames.isEmpty() ? "-" : frames.get(frames.size() - 1).number() + 1,
            report.errors());
  }
}
