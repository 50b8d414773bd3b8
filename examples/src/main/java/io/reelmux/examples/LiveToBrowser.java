package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelmux.Encoder;
import io.reelmux.LiveFragments;
import io.reelmux.Output;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Shows frames in browsers while they are made, to any number of viewers, with the JDK's server.
 *
 * <pre>./mvnw -q package -Dexample=LiveToBrowser -Dargs="60 8080"</pre>
 */
public final class LiveToBrowser {
  static final String PAGE =
      """
      <video muted controls></video>
      <script>
        const video = document.querySelector('video'), source = new MediaSource();
        const LEAD = 0.6; // seconds that are kept ready: fragments may be late by two of their lengths
        let started = false, live = true;
        const end = () => video.buffered.end(video.buffered.length - 1);
        video.onseeking = () => {
          live = end() - video.currentTime < 1.5; // a viewer who has sought back stays there
          video.playbackRate = 1;
        };
        video.onwaiting = () => { // one pause until there is enough, rather than many short ones
          if (live && !video.seeking) {
            started = false;
            video.pause();
          }
        };
        source.onsourceopen = async () => {
          const response = await fetch('live.mp4'), reader = response.body.getReader();
          const buffer = source.addSourceBuffer(response.headers.get('Content-Type'));
          for (let part; !(part = await reader.read()).done; ) {
            buffer.appendBuffer(part.value);
            await new Promise((appended) => buffer.onupdateend = appended);
            if (video.buffered.length && live && !(started && video.paused)) follow();
          }
        };
        function follow() {
          const start = video.buffered.start(video.buffered.length - 1); // after what was lost
          if (video.currentTime < start || end() - video.currentTime > 3) {
            video.currentTime = Math.max(start, end() - LEAD);
          }
          const ahead = end() - video.currentTime;
          if (!started && ahead >= LEAD - 0.05) {
            started = true;
            video.play();
          }
          video.playbackRate = ahead > 0.8 ? 1.05 : ahead < 0.3 ? 0.95 : 1;
        }
        video.src = URL.createObjectURL(source);
      </script>
      """;

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
    exchange.sendResponseHeaders(200, PAGE.length());
    exchange.getResponseBody().write(PAGE.getBytes(UTF_8));
    exchange.close();
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
