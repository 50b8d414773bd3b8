package io.reelmux.ffmpeg.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.Speed;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** x264 writes into the stream how many threads it has. */
class X264ThreadsTest {
  private static final Pattern THREADS = Pattern.compile(" threads=(\\d+) ");

  @BeforeEach
  void requireX264() throws IOException {
    assumeThat(EncoderCatalog.load().encoder("libx264")).isPresent();
  }

  @Test
  void fastPresets_ofSmallFrames_useOneThread() throws IOException {
    assertThat(threads(options(320, 240).preset("ultrafast"))).isEqualTo(1);
    assertThat(threads(options(320, 240).preset("veryfast"))).isEqualTo(1);
    assertThat(threads(options(320, 240).speed(Speed.FASTEST))).isEqualTo(1);
    assertThat(threads(options(320, 240).option("preset", "superfast"))).isEqualTo(1);
    assertThat(threads(options(640, 360).preset("ultrafast"))).isEqualTo(1);
  }

  @Test
  void otherPresetsAndSizes_useTheEncodersChoice() throws IOException {
    int chosen = threads(options(1280, 720));
    assertThat(threads(options(1280, 720).preset("ultrafast"))).isEqualTo(chosen);
    assertThat(threads(options(640, 360).preset("veryfast"))).isEqualTo(threads(options(640, 360)));
    assertThat(chosen).isGreaterThan(Runtime.getRuntime().availableProcessors() > 1 ? 1 : 0);
  }

  @Test
  void threadsOfTheCaller_areUsed() throws IOException {
    assertThat(threads(options(320, 240).preset("ultrafast").threads(2))).isEqualTo(2);
  }

  private static VideoOptions.Builder options(int width, int height) {
    return VideoOptions.builder(width, height, 25).codec("libx264");
  }

  private static int threads(VideoOptions.Builder options) throws IOException {
    VideoOptions built = options.build();
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      var video = encoder.addVideo(built);
      encoder.openPackets(packets::add);
      int size = built.width() * built.height();
      video.addFrame(
          VideoFrame.of(PixelLayout.GRAY8, built.width(), built.height(), new byte[size]));
    }
    Matcher found = THREADS.matcher(text(packets.get(0)));
    assertThat(found.find()).isTrue();
    return Integer.parseInt(found.group(1));
  }

  private static String text(Packet packet) {
    ByteBuffer data = packet.data();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
