package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.reelmux.Encoder;
import io.reelmux.Fragment;
import io.reelmux.LiveFragments;
import io.reelmux.Output;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.Chromium;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@link LiveToBrowser} copes with fragments that are late and that are lost. */
@Timeout(120)
class LivePageTest {
  private static final int RATE = 25;
  private static final int SECONDS = 8;
  private static final int PER_SECOND = 5;

  /** Seconds in the middle of the stream that do not arrive. */
  private static final int LOST_FROM = 4;

  private static final int LOST_UNTIL = 5;

  /**
   * Notes how much was ready when the video was first played, in tenths of a second, and reports it
   * once the video is well behind the gap. Whether it waits later is the machine's affair: the
   * fragments come in real time, and a busy machine may be late with them.
   */
  private static final String OBSERVER =
      """
      <script>
        let ready = -1;
        video.addEventListener('play', () => {
          if (ready < 0) ready = Math.round(10 * (video.buffered.end(0) - video.currentTime));
        });
        video.ontimeupdate = () => { if (video.currentTime > 5.3) fetch('/done?ready=' + ready); };
      </script>
      """;

  @TempDir Path directory = Path.of("");

  private String type = "";
  private ByteBuffer init = ByteBuffer.allocate(0);
  private final List<Fragment> fragments = new ArrayList<>();

  private void encode() throws IOException, InterruptedException {
    LiveFragments live = new LiveFragments();
    LiveFragments.Viewer viewer = live.subscribe(64 << 20);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(
              VideoOptions.builder(64, 64, RATE)
                  .lowLatency(true)
                  .keyFramesEvery(Duration.ofSeconds(1))
                  .build());
      encoder.open(Output.fragments(live, Duration.ofMillis(1000 / PER_SECOND)));
      for (int n = 0; n < SECONDS * RATE; n++) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(n % 64, n / 64, 0xffffff);
        video.addFrame(VideoFrame.of(image));
      }
      encoder.finish();
    }
    type = viewer.mimeType(Duration.ZERO);
    init = viewer.init(Duration.ZERO);
    for (Optional<Fragment> next = viewer.next(Duration.ZERO);
        next.isPresent();
        next = viewer.next(Duration.ZERO)) {
      fragments.add(next.get());
    }
  }

  /** The first fragment alone, then a second of nothing, two seconds at once, the rest in time. */
  private void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    WritableByteChannel body = Channels.newChannel(exchange.getResponseBody());
    body.write(init.duplicate());
    try {
      for (int n = 0; n < fragments.size(); n++) {
        if (n >= LOST_FROM * PER_SECOND && n < LOST_UNTIL * PER_SECOND) {
          continue;
        }
        body.write(fragments.get(n).bytes());
        exchange.getResponseBody().flush();
        if (n == 0) {
          Thread.sleep(1000);
        } else if (n > 2 * PER_SECOND) {
          Thread.sleep(1000 / PER_SECOND);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  @Test
  void page_fragmentsAreLateAndLost_waitsForEnoughAndGoesOnBehindTheGap() throws Exception {
    Chromium.require();
    encode();
    assertThat(fragments).hasSize(SECONDS * PER_SECOND);

    String page = new String(LiveToBrowser.page(), StandardCharsets.UTF_8) + OBSERVER;
    String report = Chromium.reportOf(directory, page, Map.of("live.mp4", this::send));

    assertThat(report).startsWith("ready=");
    assertThat(Integer.parseInt(report.substring("ready=".length())))
        .as("tenths of a second that were ready, where one fragment has two")
        .isGreaterThanOrEqualTo(5);
  }
}
