package io.reelmux.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
@Timeout(120)
class UploadServiceTest {
  @TempDir static Path folder = Path.of("");

  private static Path file = Path.of("");
  private static Path minutes = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<HttpServer> servers = new ArrayList<>();

  @BeforeAll
  static void makeFiles() throws Exception {
    file = SampleFile.write(folder.resolve("in.mp4"));
    minutes = folder.resolve("minutes.mp4");
    FfmpegCli.ffmpeg("-stream_loop", "40", "-i", file.toString(), "-c", "copy", minutes.toString());
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private int start(long maxBytes, Duration limit) throws IOException {
    HttpServer server = new UploadService(maxBytes, limit).start(0);
    servers.add(server);
    return server.getAddress().getPort();
  }

  private int start() throws IOException {
    return start(100 << 20, Duration.ofMinutes(1));
  }

  private static HttpRequest upload(int port, HttpRequest.BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/transcode"))
        .POST(body)
        .build();
  }

  private HttpResponse<String> post(int port, byte[] body) throws Exception {
    return client.send(
        upload(port, HttpRequest.BodyPublishers.ofByteArray(body)),
        HttpResponse.BodyHandlers.ofString());
  }

  private String metrics(int port) throws Exception {
    URI uri = URI.create("http://localhost:" + port + "/metrics");
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void awaitMetric(int port, String line) throws Exception {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!metrics(port).contains(line + "\n")) {
      assertThat(System.nanoTime()).as(metrics(port) + " has no " + line).isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void transcode_videoWithAudio_isAnsweredWithAnMp4() throws Exception {
    int port = start();
    Path out = folder.resolve("out.mp4");

    HttpResponse<Path> response =
        client.send(
            upload(port, HttpRequest.BodyPublishers.ofFile(file)),
            HttpResponse.BodyHandlers.ofFile(out));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(
            FfmpegCli.ffprobe(
                out,
                "-count_packets",
                "-show_entries",
                "stream=codec_name,width,height,nb_read_packets"))
        .hasSize(2)
        .first()
        .isEqualTo("h264,640,360,75");
    RawVideo video = RawVideo.rgb(out, 640, 360);
    RawVideo source = RawVideo.rgb(file, 160, 90);
    assertThat(difference(video, source)).as("mean, of 255").isLessThan(8);
    awaitMetric(port, "transcodes_total{outcome=\"done\"} 1");
    awaitMetric(port, "transcodes_running 0");
    GalleryStill.check("UploadService", video, 25, 60);
  }

  /** The mean difference between a frame and the same one in a quarter of the size. */
  private static double difference(RawVideo large, RawVideo small) {
    long sum = 0;
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        for (int c = 0; c < 3; c++) {
          sum += Math.abs(large.at(40, 4 * x + 2, 4 * y + 2, c) - small.at(40, x, y, c));
        }
      }
    }
    return sum / (3.0 * small.width() * small.height());
  }

  @Test
  void transcode_fiveAtOnce_theFifthIsRejected() throws Exception {
    int port = start();
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      slow.add(socket);
      String head = "POST /transcode HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nstart";
      socket.getOutputStream().write(head.getBytes(UTF_8));
    }
    awaitMetric(port, "transcodes_running 4");

    HttpResponse<String> fifth = post(port, new byte[100]);

    assertThat(fifth.statusCode()).isEqualTo(503);
    assertThat(fifth.body()).contains("try again later");
    awaitMetric(port, "transcodes_total{outcome=\"rejected\"} 1");
    // clients that go away while they upload free their places
    for (Socket socket : slow) {
      socket.close();
    }
    awaitMetric(port, "transcodes_running 0");
    assertThat(metrics(port)).contains("transcodes_total{outcome=\"disconnected\"} 4");
  }

  @Test
  void main_slowUpload_isCutOff() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ChildJvm.Started program = ChildJvm.of(UploadService.class).with(port, 1, 1).start();
    try {
      while (!Files.readString(program.out()).contains("listening")) {
        assertThat(program.process().isAlive()).isTrue();
        Thread.sleep(20);
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(30_000);
        String head = "POST /transcode HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nstart";
        socket.getOutputStream().write(head.getBytes(UTF_8));

        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
      awaitMetric(port, "transcodes_running 0");
    } finally {
      program.process().destroyForcibly();
      program.await(Duration.ofSeconds(10));
    }
  }

  @Test
  void transcode_clientGoesAway_isCanceled() throws Exception {
    int port = start();

    HttpResponse<InputStream> response =
        client.send(
            upload(port, HttpRequest.BodyPublishers.ofFile(minutes)),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      assertThat(body.readNBytes(1000)).hasSize(1000);
      assertThat(metrics(port)).contains("transcodes_running 1");
    }

    awaitMetric(port, "transcodes_total{outcome=\"disconnected\"} 1");
    awaitMetric(port, "transcodes_running 0");
  }

  @Test
  void transcode_takesTooLong_endsWithoutItsLastChunk() throws Exception {
    int port = start(100 << 20, Duration.ofMillis(500));

    assertThatThrownBy(() -> post(port, Files.readAllBytes(minutes)))
        .isInstanceOf(IOException.class);

    awaitMetric(port, "transcodes_total{outcome=\"timed_out\"} 1");
  }

  @Test
  void transcode_tooLargeOrNoMedia_isRefused() throws Exception {
    int port = start(10_000, Duration.ofMinutes(1));

    HttpResponse<String> large = post(port, new byte[10_001]);
    HttpResponse<String> text = post(port, "no media".repeat(100).getBytes(UTF_8));

    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("at most 10000 bytes");
    assertThat(text.statusCode()).isEqualTo(415);
    awaitMetric(port, "transcodes_total{outcome=\"refused\"} 2");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void receive_fullDisk_isNotTheClientsFault() {
    Path full = Path.of("/dev/full");

    assertThatThrownBy(
            () -> UploadFile.receive(new ByteArrayInputStream(new byte[100]), full, 1000))
        .isInstanceOf(UploadFile.StorageException.class)
        .hasMessageContaining("No space left");
    InputStream gone =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };
    assertThatThrownBy(() -> UploadFile.receive(gone, folder.resolve("upload"), 1000))
        .isNotInstanceOf(UploadFile.StorageException.class)
        .hasMessage("connection reset");
  }
}
