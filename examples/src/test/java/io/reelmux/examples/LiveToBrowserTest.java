package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.media.StreamPlayer;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveToBrowserTest {
  @TempDir Path directory = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void main_twoViewers_eachSeesTheVideoFromAKeyFrame() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    CompletableFuture<Void> program =
        CompletableFuture.runAsync(
            () -> {
              try {
                LiveToBrowser.main(new String[] {"4", Integer.toString(port)});
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    HttpResponse<String> page = page(port);
    CompletableFuture<HttpResponse<Path>> early = watch(port, "early.mp4");
    Thread.sleep(1000);
    CompletableFuture<HttpResponse<Path>> late = watch(port, "late.mp4");

    assertThat(page.body()).contains("addSourceBuffer");
    // browsers show text if they are not told that it is a page
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html");
    for (CompletableFuture<HttpResponse<Path>> viewer : List.of(early, late)) {
      HttpResponse<Path> response = viewer.get();
      assertThat(response.headers().firstValue("Content-Type").orElse(""))
          .startsWith("video/mp4; codecs=\"avc1.");
      assertThat(StreamPlayer.open(response.body(), 0).times()).hasSizeBetween(60, 120);
    }
    program.get();
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
  }

  private CompletableFuture<HttpResponse<Path>> watch(int port, String name) {
    return client.sendAsync(
        request(port, "/live.mp4"), HttpResponse.BodyHandlers.ofFile(directory.resolve(name)));
  }

  private HttpResponse<String> page(int port) throws Exception {
    while (true) {
      try {
        return client.send(request(port, "/"), HttpResponse.BodyHandlers.ofString());
      } catch (ConnectException e) {
        // the server has not started yet
        Thread.sleep(20);
      }
    }
  }
}
