package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelmux.Encoder;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Shows frames in a browser by nothing but an {@code OutputStream}: each viewer has an encoder that
 * writes an append-only MP4 into the response. For many viewers, {@link LiveToBrowser} encodes
 * once.
 *
 * <pre>./mvnw -q package -Dexample=LivePreview -Dargs=8080</pre>
 */
public final class LivePreview {
  private static final String HELP =
      """
      LivePreview PORT [SECONDS]
        PORT     of localhost, to open in a browser
        SECONDS  that a viewer sees (60)""";

  private static final String PAGE =
      """
      <video muted autoplay controls></video>
      <script>
        const video = document.querySelector('video'), source = new MediaSource();
        source.onsourceopen = async () => {
          const reader = (await fetch('live.mp4')).body.getReader();
          const buffer = source.addSourceBuffer('video/mp4; codecs="avc1.64001f"');
          for (let part; !(part = await reader.read()).done; ) {
            buffer.appendBuffer(part.value);
            await new Promise((appended) => buffer.onupdateend = appended);
          }
          source.endOfStream();
        };
        video.src = URL.createObjectURL(source);
      </script>
      """;

  /** Runs the program. */
  public static void main(String[] args) {
    int code = run(args);
    if (code != 0 || List.of(args).contains("--help")) {
      System.exit(code);
    }
  }

  /** Returns the exit code; the server's threads go on. */
  static int run(String... args) {
    boolean help = List.of(args).contains("--help");
    if (help || args.length == 0) {
      (help ? System.out : System.err).println(HELP);
      return help ? 0 : 2;
    }
    try {
      int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
      HttpServer server = start(Integer.parseInt(args[0]), seconds);
      System.out.println("open http://localhost:" + server.getAddress().getPort());
      return 0;
    } catch (NumberFormatException e) {
      System.err.println(
          "LivePreview: PORT and SECONDS must be whole numbers; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("LivePreview: " + e.getMessage());
      return 1;
    }
  }

  static HttpServer start(int port, int seconds) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", LivePreview::page);
    server.createContext("/live.mp4", exchange -> watch(exchange, seconds));
    server.start();
    return server;
  }

  private static void page(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, PAGE.length());
      exchange.getResponseBody().write(PAGE.getBytes(UTF_8));
    }
  }

  private static void watch(HttpExchange exchange, int seconds) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "video/mp4");
    exchange.sendResponseHeaders(200, 0); // of unknown length
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_3BYTE_BGR);
    Graphics g = image.createGraphics();
    try (exchange;
        Encoder encoder = Encoder.builder().muxerOption("movflags", "frag_every_frame").build()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(320, 180, 25).lowLatency(true).build());
      encoder.openFileLike(exchange.getResponseBody(), "mp4");
      for (long n = 0, start = System.nanoTime(); n < 25L * seconds; n++) {
        g.setColor(Color.getHSBColor(n / 100f, 1, 1));
        g.fillRect((int) (n * 3 % 320), 0, 40, 180);
        video.addFrame(VideoFrame.of(image)); // throws when the viewer has gone
        Thread.sleep(Math.max(0, (start + n * 40_000_000 - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
