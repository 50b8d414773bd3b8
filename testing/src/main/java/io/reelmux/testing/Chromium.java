package io.reelmux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a page in headless Chromium and waits for what it reports. */
public final class Chromium {
  private static final String PROGRAM = "chromium";

  private Chromium() {}

  /** Skips the test if there is no Chromium. */
  public static void require() {
    Programs.require(PROGRAM);
  }

  /**
   * Returns what the page sends to {@code /done}, as the body or the query.
   *
   * @param directory for the browser's files
   * @param page HTML
   * @param files what the page may fetch, by name
   */
  public static String report(Path directory, String page, Map<String, byte[]> files)
      throws Exception {
    Map<String, HttpHandler> answers = new LinkedHashMap<>();
    files.forEach((name, bytes) -> answers.put(name, exchange -> answer(exchange, bytes)));
    return reportOf(directory, page, answers);
  }

  /**
   * Returns what the page sends to {@code /done}, as the body or the query.
   *
   * @param directory for the browser's files
   * @param page HTML
   * @param answers what answers the page's requests, by name; each request has a thread
   */
  public static String reportOf(Path directory, String page, Map<String, HttpHandler> answers)
      throws Exception {
    CompletableFuture<String> done = new CompletableFuture<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(request -> new Thread(request).start());
    answers.forEach((name, handler) -> server.createContext("/" + name, handler));
    server.createContext(
        "/done",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          String query = exchange.getRequestURI().getQuery();
          answer(exchange, new byte[0]);
          done.complete(body.isEmpty() && query != null ? query : body);
        });
    server.createContext("/", exchange -> answer(exchange, page.getBytes(UTF_8)));
    server.start();
    Path log = directory.resolve("browser.log");
    Process browser = start(directory, server.getAddress().getPort(), log);
    try {
      return done.get(90, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("the browser did not report: " + Files.readString(log), e);
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
      server.stop(0);
    }
  }

  private static Process start(Path directory, int port, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                PROGRAM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0",
                "--user-data-dir=" + Files.createDirectory(directory.resolve("profile")),
                "http://127.0.0.1:" + port + "/")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // the browser leaves these behind when it is killed
    builder.environment().put("TMPDIR", directory.toString());
    return builder.start();
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      exchange.getResponseHeaders().set("Content-Type", type(path));
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static String type(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "mp4", "m4s" -> "video/mp4";
      case "ts" -> "video/mp2t";
      case "webm" -> "video/webm";
      case "m3u8" -> "application/vnd.apple.mpegurl";
      default -> "text/html";
    };
  }
}
