package io.reelmux.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelmux.Encoder;
import io.reelmux.LiveFragments;
import io.reelmux.Output;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Shows frames in browsers while they are made, to any number of viewers, with the JDK's server.
 *
 * <pre>./mvnw -q package -Dexample=LiveToBrowser -Dargs="60 8080"</pre>
 */
public final class LiveToBrowser {
  /** Runs the program; the arguments are the duration in seconds and the port. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[1]);
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
    server.setExecutor(request -> new Thread(request).start()); // a thread for each viewer
    try (LiveFragments live = new LiveFragments();
        Encoder encoder = Encoder.create()) {
      server.createContext("/", LiveToBrowser::page);
      server.createContext("/live.mp4", exchange -> watch(exchange, live));
      server.start();
      System.out.println("open http://localhost:" + port);
      var video = encoder.addVideo(VideoOptions.builder(640, 360, 30).lowLatency(true).build());
      encoder.open(Output.fragments(live, Duration.ofMillis(200)));
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
      for (long n = 0, start = System.nanoTime(); n < 30L * Integer.parseInt(args[0]); n++) {
        image.setRGB((int) (n % 640), (int) (n / 2 % 360), 0xffffff); // a line that grows
        video.addFrame(VideoFrame.of(image));
        Thread.sleep(Math.max(0, (start + n * 33_333_333 - System.nanoTime()) / 1_000_000));
      }
      encoder.finish();
    }
    server.stop(1);
  }

  private static void page(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    byte[] page = page();
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  /** Plays what {@link #watch} sends, by Media Source Extensions. */
  static byte[] page() throws IOException {
    try (InputStream page = LiveToBrowser.class.getResourceAsStream("live-to-browser.html")) {
      return page.readAllBytes();
    }
  }

  private static void watch(HttpExchange exchange, LiveFragments live) throws IOException {
    // a viewer that is more than 8 MiB behind loses what is waiting for it
    try (exchange;
        LiveFragments.Viewer viewer = live.subscribe(8 << 20)) {
      exchange.getResponseHeaders().set("Content-Type", viewer.mimeType(Duration.ofSeconds(10)));
      exchange.sendResponseHeaders(200, 0); // of unknown length
      viewer.sendTo(exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LiveToBrowser() {}
}
