package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.LibraryException;
import io.reelmux.PixelLayout;
import io.reelmux.VideoStream;
import io.reelmux.reader.AudioReader;
import io.reelmux.reader.Limits;
import io.reelmux.reader.MediaCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Transcodes videos that strangers upload, four at once, with the JDK's server. A client that goes
 * away, a file that is too large and one that takes too long end their transcode alone.
 *
 * <pre>
 * ./mvnw -q package -Dexample=UploadService -Dargs=8080
 * curl --data-binary @in.mov http://localhost:8080/transcode &gt; out.mp4
 * </pre>
 */
public final class UploadService {
  private static final String HELP =
      """
      UploadService PORT [MEGABYTES [SECONDS]]
        PORT       of localhost; POST /transcode answers an upload with an MP4 of 640x360,
                   GET /metrics counts them
        MEGABYTES  that an upload may have (200)
        SECONDS    that an upload may take, and its transcode (300)""";

  private static final int SLOTS = 4;

  /** On top of the defaults, which already refuse what would exhaust memory. */
  private static final Limits LIMITS =
      Limits.DEFAULT.maxPixels(4096L * 2304).maxStreams(16).deadline(Duration.ofSeconds(20));

  private final Semaphore slots = new Semaphore(SLOTS);
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final long maxBytes;
  private final Duration timeLimit;

  UploadService(long maxBytes, Duration timeLimit) {
    this.maxBytes = maxBytes;
    this.timeLimit = timeLimit;
  }

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
      long megabytes = args.length > 1 ? Long.parseLong(args[1]) : 200;
      Duration limit = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 300);
      // a client that sends slowly is cut off, and frees its place
      System.setProperty("sun.net.httpserver.maxReqTime", Long.toString(limit.toSeconds()));
      HttpServer server =
          new UploadService(megabytes << 20, limit).start(Integer.parseInt(args[0]));
      System.out.println("listening on http://localhost:" + server.getAddress().getPort());
      return 0;
    } catch (NumberFormatException e) {
      System.err.println(
          "UploadService: PORT, MEGABYTES and SECONDS must be whole numbers; --help explains them");
      return 1;
    } catch (IOException | RuntimeException e) {
      System.err.println("UploadService: " + e.getMessage());
      return 1;
    }
  }

  HttpServer start(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/metrics", exchange -> answer(exchange, 200, metrics()));
    server.createContext("/transcode", this::accept);
    server.start();
    return server;
  }

  private void accept(HttpExchange exchange) throws IOException {
    if (!slots.tryAcquire()) {
      count("rejected");
      answer(exchange, 503, SLOTS + " files are being transcoded: try again later\n");
      return;
    }
    Path upload = null;
    try {
      upload = UploadFile.create();
      if (UploadFile.receive(exchange.getRequestBody(), upload, maxBytes)) {
        transcode(exchange, upload);
        count("done");
      } else {
        count("refused");
        answer(exchange, 413, "at most " + maxBytes + " bytes are accepted\n");
      }
    } catch (ReaderException e) {
      count("refused");
      if (exchange.getResponseCode() < 0) {
        answer(exchange, 415, e.getMessage() + "\n");
      }
      throw e; // the server closes the connection, and the client sees that the file is not whole
    } catch (CancellationException e) {
      count("timed_out");
      throw e;
    } catch (UploadFile.StorageException e) {
      count("failed");
      answer(exchange, 507, "the server cannot store the upload: try again later\n");
      throw e;
    } catch (IOException e) {
      // the response's own exception comes through the encoder unchanged
      count(e instanceof LibraryException ? "failed" : "disconnected");
      throw e;
    } catch (RuntimeException e) {
      count("failed");
      throw e;
    } finally {
      slots.release();
      if (upload != null) {
        Files.delete(upload);
      }
    }
  }

  private void transcode(HttpExchange exchange, Path upload) throws IOException {
    VideoOutput small = VideoOutput.of(PixelLayout.I420).size(640, 360, Fit.CONTAIN);
    try (MediaReader in = MediaReader.builder().limits(LIMITS).open(upload);
        VideoReader frames = in.video(small);
        Encoder encoder = Encoder.builder().timeLimit(timeLimit).build()) {
      VideoStream video = encoder.addVideo(frames.encoding().build());
      AudioReader samples = in.info().audios().isEmpty() ? null : in.audio();
      AudioStream audio = samples == null ? null : encoder.addAudio(samples.encoding().build());
      exchange.getResponseHeaders().set("Content-Type", "video/mp4");
      exchange.sendResponseHeaders(200, 0); // of unknown length: sent while it is encoded
      encoder.openFileLike(exchange.getResponseBody(), "mp4");
      Duration start = in.info().start().orElse(Duration.ZERO);
      MediaCursor cursor =
          samples == null ? in.interleaved(frames) : in.interleaved(frames, samples);
      while (cursor.next()) {
        if (cursor.isVideo()) {
          video.addFrame(cursor.frame().toVideoFrame(start));
        } else if (audio != null) {
          Duration time = cursor.samples().pts().orElse(start);
          audio.addSamples(cursor.samples().withPts(time.minus(start)));
        }
      }
      encoder.finish();
    }
    exchange.close();
  }

  private void count(String outcome) {
    counts.computeIfAbsent(outcome, name -> new LongAdder()).increment();
  }

  /** In the text format of Prometheus. */
  private String metrics() {
    StringBuilder text = new StringBuilder("# TYPE transcodes_running gauge\n");
    text.append("transcodes_running ").append(SLOTS - slots.availablePermits()).append('\n');
    text.append("# TYPE transcodes_total counter\n");
    counts.forEach(
        (name, count) -> text.append("transcodes_total{outcome=\"" + name + "\"} " + count + "\n"));
    return text.toString();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] bytes = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
