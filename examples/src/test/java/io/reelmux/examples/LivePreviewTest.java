package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
@Timeout(60)
class LivePreviewTest {
  @TempDir Path directory = Path.of("");

  private static InputStream get(HttpServer server) throws IOException {
    String url = "http://localhost:" + server.getAddress().getPort() + "/live.mp4";
    return URI.create(url).toURL().openStream();
  }

  @Test
  void live_twoViewers_eachHasAWholeFile() throws Exception {
    HttpServer server = LivePreview.start(0, 1);
    Path first = directory.resolve("first.mp4");
    Path second = directory.resolve("second.mp4");
    try (InputStream one = get(server);
        InputStream two = get(server)) {
      Files.copy(one, first);
      Files.copy(two, second);
    } finally {
      server.stop(0);
    }

    assertThat(Files.mismatch(first, second)).as("the same frames").isEqualTo(-1);
    assertThat(FfmpegCli.ffprobe(first, "-show_entries", "packet=flags")).hasSize(25);
    RawVideo video = RawVideo.rgb(first, 320, 180);
    // a red bar on black at first
    video.assertPixel(0, 20, 90, 40, 255, 0, 0);
    video.assertPixel(0, 200, 90, 10, 0, 0, 0);
    GalleryStill.check("LivePreview", video);
  }

  @Test
  void live_firstBytes_comeAtOnce() throws Exception {
    HttpServer server = LivePreview.start(0, 30);
    try (InputStream body = get(server)) {
      long start = System.nanoTime();

      assertThat(body.readNBytes(2000)).hasSize(2000);

      assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
    } finally {
      server.stop(0);
    }
  }
}
