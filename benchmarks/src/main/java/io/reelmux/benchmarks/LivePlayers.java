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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Serves the stream of a {@link LiveCamera} in all ways, and opens the page {@code live.html} in
 * headless Chromium, which plays it in one of them.
 */
final class LivePlayers implements AutoCloseable {
  private static final Duration HELD = Duration.ofSeconds(10);

  private final LiveFragments fragments = new LiveFragments();
  private final LiveStore parts = new LiveStore();
  private final MemoryStore segments = new MemoryStore();
  private final Map<String, CompletableFuture<String>> reports = new ConcurrentHashMap<>();
  private final LiveCamera camera = new LiveCamera(fragments, parts, segments);
  private final HttpServer server;
  private final Path page;
  private final Path players;

  /**
   * Starts the server.
   *
   * @param page the folder with the page
   * @param players the folder with the players from npm
   */
  LivePlayers(Path page, Path players) throws IOException {
    this.page = page;
    this.players = players;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(request -> new Thread(request).start());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Returns the camera, which does not run yet. */
  LiveCamera camera() {
    return camera;
  }

  /**
   * Opens the page in a browser of its own, and returns what it reports.
   *
   * @param way how it plays; only one page plays in this way at a time
   * @param seconds after which it reports, if the stream has not ended before
   */
  LiveReport watch(String way, int seconds) throws Exception {
    CompletableFuture<String> report = new CompletableFuture<>();
    reports.put(way, report);
    String address =
        "http://127.0.0.1:%d/live.html?%s,%d"
            .formatted(server.getAddress().getPort(), way, seconds);
    Process browser = open(address);
    try {
      return LiveReport.of(report.get(seconds + 60L, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      return LiveReport.missing();
    } finally {
      browser.destroy();
      browser.waitFor();
    }
  }

  private Process open(String address) throws IOException {
    Path profile = Files.createTempDirectory(players, "profile");
    return new ProcessBuilder(
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
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try {
      if (path.equals("/report")) {
        byte[] report = exchange.getRequestBody().readAllBytes();
        send(exchange, 200, "text/plain", ByteBuffer.allocate(0));
        reports
            .getOrDefault(exchange.getRequestURI().getQuery(), new CompletableFuture<>())
            .complete(new String(report, StandardCharsets.UTF_8));
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
    if (isHead(exchange)) {
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
    if (length == 0 || isHead(exchange)) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, length);
    Channels.newChannel(exchange.getResponseBody()).write(body);
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }

  @Override
  public void close() {
    parts.stopHolding();
    server.stop(0);
  }
}
