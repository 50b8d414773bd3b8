package io.reelmux.reader.ffmpeg.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Small files that would cost much are refused, or cost no more than the limits allow. */
@EnabledOnOs(OS.LINUX)
class BombTest {
  private static final long DEFAULT_PIXELS = 64L << 20;
  private static final long ENDLESS = 1L << 60;

  /** The JVM with FFmpeg, and what is read to recognize a file; less than one frame of a bomb. */
  private static final long REFUSED_MIB = 150;

  @TempDir private Path folder;

  /** What came of a file, in a JVM of its own. */
  private record Outcome(String text, long bytesRead, long peakMib) {}

  private Outcome read(byte[] head, String more, long pixels, boolean seekable) throws IOException {
    Path file = Files.write(folder.resolve("bomb"), head);
    List<String> lines =
        ChildJvm.of(BombMain.class)
            .jvm("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .jvm("-XX:ErrorFile=/dev/null")
            .with(file, more, pixels, seekable)
            .run(Duration.ofMinutes(2))
            .lines();
    String[] cells = lines.get(lines.size() - 1).split("\t");
    assertThat(cells[3]).as("open native owners").isEqualTo("0");
    return new Outcome(cells[0], Long.parseLong(cells[1]), Long.parseLong(cells[2]));
  }

  private void assertRefused(byte[] head, String limit) throws IOException {
    Outcome outcome = read(head, "zeros0", DEFAULT_PIXELS, true);
    assertThat(outcome.text()).startsWith("LimitException").contains("Limits." + limit);
    assertThat(outcome.peakMib()).isLessThan(REFUSED_MIB);
  }

  @Test
  void gif_ofHugeFrames_isRefused() throws IOException {
    assertRefused(Bombs.gif(12_000, 12_000, 50), "maxPixels");
  }

  @Test
  void png_ofHugeFrames_isRefused() throws IOException {
    assertRefused(Bombs.png(16_000, 16_000), "maxPixels");
  }

  @Test
  void transportStream_ofThousandsOfStreams_isRefused() throws IOException {
    assertRefused(Bombs.transportStream(40, 190), "maxStreams");
  }

  @Test
  @RequiresFfmpegCli
  void h264_atTheLimit_costsAFewFrames() throws Exception {
    byte[] bytes = Bombs.h264(folder, 8192, 8192);

    Outcome read = read(bytes, "zeros0", DEFAULT_PIXELS, true);
    assertThat(read.text()).isEqualTo("read 1 streams 1 frames");
    assertThat(read.peakMib()).isLessThan(450);

    Outcome refused = read(bytes, "zeros0", 16 << 20, true);
    assertThat(refused.text()).startsWith("LimitException").contains("Limits.maxPixels");
    assertThat(refused.peakMib()).isLessThan(REFUSED_MIB);
  }

  @Test
  void wav_of65535Channels_costsNothing() throws IOException {
    Outcome outcome = read(Bombs.wav(65_535), "zeros0", DEFAULT_PIXELS, true);
    assertThat(outcome.text()).isEqualTo("read 1 streams 0 frames");
    assertThat(outcome.peakMib()).isLessThan(REFUSED_MIB);
  }

  @Test
  void id3_of256MiB_isNotReadWhole() throws IOException {
    for (boolean seekable : new boolean[] {true, false}) {
      Outcome outcome = read(Bombs.id3(), "zeros268435456", DEFAULT_PIXELS, seekable);
      assertThat(outcome.text()).containsAnyOf("UnsupportedMediaException", "LimitException");
      assertThat(outcome.bytesRead()).isLessThanOrEqualTo(65L << 20);
      assertThat(outcome.peakMib()).isLessThan(REFUSED_MIB);
    }
  }

  @Test
  void mp4_withoutEnd_isRefused() throws IOException {
    Outcome found = read(Bombs.endlessMp4(), "zeros" + ENDLESS, DEFAULT_PIXELS, true);
    assertThat(found.text()).startsWith("UnsupportedMediaException");
    assertThat(found.bytesRead()).isLessThan(5_000_000);

    Outcome streamed = read(Bombs.endlessMp4(), "noise" + ENDLESS, DEFAULT_PIXELS, false);
    assertThat(streamed.text()).startsWith("LimitException").contains("Limits.maxSilence");
    assertThat(streamed.bytesRead()).isLessThanOrEqualTo(65L << 20);
    assertThat(streamed.peakMib()).isLessThan(REFUSED_MIB);
  }

  @Test
  void zerosAndNoise_withoutEnd_areRefusedAfterTheirStart() throws IOException {
    for (String kind : List.of("zeros", "noise")) {
      Outcome outcome = read(new byte[0], kind + ENDLESS, DEFAULT_PIXELS, true);
      assertThat(outcome.text()).startsWith("UnsupportedMediaException");
      assertThat(outcome.bytesRead()).isLessThan(5_000_000);
    }
  }
}
