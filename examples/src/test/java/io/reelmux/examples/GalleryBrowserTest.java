package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.reelmux.testing.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chromium plays what the programs of the gallery make. */
@Timeout(180)
class GalleryBrowserTest {
  @TempDir Path directory = Path.of("");

  /** Reports for each file its duration, its size, and the pixels at a time. */
  private static final String PAGE =
      """
      <script>
        const files = FILES;
        const look = (file) => new Promise(async (resolve) => {
          const blob = await (await fetch(file.name)).blob();
          const video = document.createElement('video');
          video.muted = true;
          video.onerror = () => resolve(file.name + ' error ' + video.error.message);
          video.onloadedmetadata = () => video.currentTime = file.time;
          video.onseeked = () => setTimeout(() => {
            const canvas = document.createElement('canvas');
            canvas.width = video.videoWidth;
            canvas.height = video.videoHeight;
            const context = canvas.getContext('2d');
            context.drawImage(video, 0, 0);
            const read = [video.duration, canvas.width, canvas.height];
            for (const [x, y] of file.points) {
              read.push(...context.getImageData(x, y, 1, 1).data);
            }
            resolve(file.name + ' ' + read.join(' '));
          }, 200);
          video.src = URL.createObjectURL(blob);
        });
        (async () => {
          const lines = [];
          for (const file of files) {
            lines.push(await look(file));
          }
          await fetch('/done', {method: 'POST', body: lines.join('\\n')});
        })();
      </script>
      """;

  @Test
  void files_ofTheGallery_haveTheirColorsAndTransparency() throws Exception {
    Chromium.require();
    Map<String, byte[]> files = new LinkedHashMap<>();
    make(files, "chart.mp4", ChartVideo::run, 160, 90, 25);
    make(files, "chart.webm", ChartVideo::run, 160, 90, 25);
    make(files, "mat.mp4", OpenCvMat::run, 50);
    make(files, "mat.webm", OpenCvMat::run, 50);
    make(files, "camera.mp4", CameraNv21::run, 30);
    make(files, "fx.mp4", JavaFxImage::run, 50);
    String list =
        """
        [{name: 'chart.mp4', time: 0.9, points: [[2, 2]]},
         {name: 'chart.webm', time: 0.9, points: [[2, 2]]},
         {name: 'mat.mp4', time: 1.02, points: [[85, 120], [300, 120]]},
         {name: 'mat.webm', time: 1.02, points: [[85, 120], [300, 120]]},
         {name: 'camera.mp4', time: 0.9, points: [[240, 100], [240, 500]]},
         {name: 'fx.mp4', time: 0.82, points: [[160, 90], [3, 3]]}]""";

    String report = Chromium.report(directory, PAGE.replace("FILES", list), files);

    List<String> lines = report.lines().toList();
    assertThat(lines).hasSize(6);
    assertSeen(lines.get(0), "chart.mp4", 1, 160, 90, 255, 255, 255, 255);
    assertSeen(lines.get(1), "chart.webm", 1, 160, 90, 0, 0, 0, 0);
    // frame 25: the disk is at 10 + 3 * 25
    assertSeen(lines.get(2), "mat.mp4", 2, 320, 240, 255, 128, 0, 255, 255, 255, 255, 255);
    assertSeen(lines.get(3), "mat.webm", 2, 320, 240, 255, 128, 0, 255, 255, 255, 255, 255);
    // turned upright
    assertSeen(lines.get(4), "camera.mp4", 1, 480, 640, 254, 0, 0, 255, 0, 0, 255, 255);
    assertSeen(lines.get(5), "fx.mp4", 2, 320, 180, 0, 255, 0, 255, 255, 255, 255, 255);
  }

  private void make(
      Map<String, byte[]> files,
      String name,
      java.util.function.ToIntFunction<String[]> program,
      Object... arguments)
      throws IOException {
    Path file = directory.resolve(name);
    Run.of(program, Stream.concat(Stream.of(file), Stream.of(arguments)).toArray()).succeeded();
    files.put(name, Files.readAllBytes(file));
  }

  private static void assertSeen(String line, String name, double duration, int... expected) {
    String[] words = line.split(" ", -1);
    assertThat(words).as(line).hasSize(2 + expected.length);
    assertThat(words[0]).isEqualTo(name);
    assertThat(Double.parseDouble(words[1])).as(line).isCloseTo(duration, within(0.05));
    for (int i = 0; i < expected.length; i++) {
      assertThat(Integer.parseInt(words[2 + i]))
          .as(line + ", word " + (2 + i))
          .isCloseTo(expected[i], within(i < 2 ? 0 : 20));
    }
  }

  /** What is added to the program's own page: reports when the video has ended. */
  private static final String REPORT =
      """
      <script>
        video.onended = () => fetch('/done', {method: 'POST', body: 'ended ' + video.duration + ' '
            + video.getVideoPlaybackQuality().totalVideoFrames + ' ' + video.videoWidth});
        video.onerror = () => fetch('/done', {method: 'POST', body: 'error ' + video.error.message});
      </script>
      """;

  @Test
  void livePreview_itsOwnPage_playsWhileItIsEncoded() throws Exception {
    Chromium.require();
    HttpServer preview = LivePreview.start(0, 2);
    try {
      String origin = "http://localhost:" + preview.getAddress().getPort() + "/";

      String report =
          Chromium.reportOf(
              directory,
              text(origin) + REPORT,
              Map.of("live.mp4", exchange -> pass(exchange, origin + "live.mp4")));

      String[] words = report.split(" ", -1);
      assertThat(words[0]).as(report).isEqualTo("ended");
      assertThat(Double.parseDouble(words[1])).isCloseTo(2, within(0.1));
      assertThat(Integer.parseInt(words[2])).isGreaterThanOrEqualTo(45);
      assertThat(words[3]).isEqualTo("320");
    } finally {
      preview.stop(0);
    }
  }

  private static String text(String url) throws IOException {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  /** Passes bytes on as they come. */
  private static void pass(HttpExchange exchange, String url) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "video/mp4");
    exchange.sendResponseHeaders(200, 0);
    try (exchange;
        InputStream in = URI.create(url).toURL().openStream()) {
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        exchange.getResponseBody().write(buffer, 0, n);
        exchange.getResponseBody().flush();
      }
    }
  }
}
