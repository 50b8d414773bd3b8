package io.reelmux.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelmux.LiveFragments;
import io.reelmux.LiveStore;
import io.reelmux.MemoryStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How far players are behind the camera: the page {@code live.html} reads the number of the frame
 * that it shows from the pixels, and the server knows when this frame was made.
 *
 * <p>Arguments: the folder with the page, the folder with the players from npm, the seconds for
 * each way, and optionally the names of the ways. {@code benchmarks/players/run.sh --live} calls
 * it.
 */
public final class LiveLatency {
  private static final List<String> WAYS =
      List.of(
          "mse",
          "shaka-parts",
          "shaka-sync",
          "hls-parts",
          "shaka-dash-parts",
          "dash-parts",
          "chromium",
          "hls",
          "shaka-dash",
          "dash");

  private static final Duration HELD = Duration.ofSeconds(10);

  private final LiveFragments fragments = new LiveFragments();
  private final LiveStore parts = new LiveStore();
  private final MemoryStore segments = new MemoryStore();
  private final BlockingQueue<String> reports = new ArrayBlockingQueue<>(10);
  private final Path page;
  private final Path players;

  private LiveLatency(Path page, Path players) {
    this.page = page;
    this.players = players;
  }

  /**
   * Runs the program.
   *
   * @param args folders, seconds and ways
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    List<String> ways = args.length > 3 ? List.of(args).subList(3, args.length) : WAYS;
    new LiveLatency(Path.of(args[0]), Path.of(args[1])).run(Integer.parseInt(args[2]), ways);
    System.exit(0); // requests may still be held
  }

  private void run(int seconds, List<String> ways) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(request -> new Thread(request).start());
    server.createContext("/", this::answer);
    server.start();
    LiveCamera camera = new LiveCamera(fragments, parts, segments);
    Thread feeding = new Thread(camera, "camera");
    feeding.setDaemon(true);
    feeding.start();
    // a window of segments, so that every way begins in the middle of the stream
    Thread.sleep(14_000);
    System.out.println(
        "| way | latency, median | min-max | last third | first frame | frames | stalls | errors |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
    for (String way : ways) {
      String address =
          "http://127.0.0.1:%d/live.html?%s,%d"
              .formatted(server.getAddress().getPort(), way, seconds);
      System.out.println(row(way, watch(address, seconds), camera));
    }
  }

  /** Opens a page in a browser of its own, and returns what it reports. */
  private String watch(String address, int seconds) throws Exception {
    Path profile = Files.createTempDirectory(players, "profile");
    Process browser =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                address)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String report = reports.poll(seconds + 60, TimeUnit.SECONDS);
      return report == null ? "0\n0\nno report\n" : report;
    } finally {
      browser.destroy();
      browser.waitFor();
    }
  }

  /** A report has lines: first frame in ms, stalls, errors, then number and time of each frame. */
  private static String row(String way, String report, LiveCamera camera) {
    List<String> lines = report.lines().toList();
    List<Double> latencies = new ArrayList<>();
    for (String line : lines.subList(3, lines.size())) {
      String[] shown = line.split(" ", -1);
      latencies.add((Long.parseLong(shown[1]) - camera.madeAt(Integer.parseInt(shown[0]))) / 1e3);
    }
    String errors = lines.get(2).isEmpty() ? "none" : lines.get(2);
    if (latencies.isEmpty()) {
      return "| %s | - | - | - | - | 0 | %s | %s |".formatted(way, lines.get(1), errors);
    }
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f-%.2f | %.2f | %.2f | %d | %s | %s |",
        way,
        Statistics.median(latencies),
        latencies.stream().mapToDouble(x -> x).min().orElseThrow(),
        latencies.stream().mapToDouble(x -> x).max().orElseThrow(),
        Statistics.median(latencies.subList(latencies.size() * 2 / 3, latencies.size())),
        Double.parseDouble(lines.get(0)) / 1e3,
        latencies.size(),
        lines.get(1),
        errors);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try {
      if (path.equals("/report")) {
        byte[] report = exchange.getRequestBody().readAllBytes();
        send(exchange, 200, "text/plain", ByteBuffer.allocate(0));
        reports.add(new String(report, StandardCharsets.UTF_8));
      } else if (path.equals("/live.mp4")) {
        fragments(exchange);
      } else if (path.startsWith("/parts/")) {
        parts(exchange, path.substring(7));
      } else if (path.startsWith("/segments/")) {
        segment(exchange, path.substring(10));
      } else {
        file(exchange, path);
      }
      // not after an exception: what is incomplete must not look complete
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fragments(HttpExchange exchange) throws IOException, InterruptedException {
    try (LiveFragments.Viewer viewer = fragments.subscribe(8 << 20)) {
      exchange.getResponseHeaders().set("Content-Type", viewer.mimeType(HELD));
      exchange.sendResponseHeaders(200, 0);
      viewer.sendTo(exchange.getResponseBody());
    }
  }

  private void parts(HttpExchange exchange, String name) throws IOException, InterruptedException {
    LiveStore.Response response = parts.get(name, exchange.getRequestURI().getRawQuery(), HELD);
    exchange.getResponseHeaders().set("Content-Type", response.contentType());
    exchange.getResponseHeaders().set("Cache-Control", response.cacheControl());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(response.status(), response.body().length().orElse(0));
    response.body().sendTo(exchange.getResponseBody());
  }

  private void segment(HttpExchange exchange, String name) throws IOException {
    var content = segments.get(name);
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    send(
        exchange,
        content.isPresent() ? 200 : 404,
        segments.info(name).map(info -> info.contentType()).orElse("text/plain"),
        content.orElse(ByteBuffer.allocate(0)));
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    Path file =
        path.equals("/live.html") ? page.resolve("live.html") : players.resolve(path.substring(1));
    boolean found = Files.isRegularFile(file);
    send(
        exchange,
        found ? 200 : 404,
        path.endsWith(".js") ? "text/javascript" : "text/html",
        ByteBuffer.wrap(found ? Files.readAllBytes(file) : new byte[0]));
  }

  private static void send(HttpExchange exchange, int status, String type, ByteBuffer body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    int length = body.remaining();
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    if (length > 0) {
      Channels.newChannel(exchange.getResponseBody()).write(body);
    }
  }
}
