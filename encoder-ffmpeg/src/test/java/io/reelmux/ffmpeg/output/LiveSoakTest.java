package io.reelmux.ffmpeg.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.LiveStore;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live presentation needs no more memory, files and file handles the longer it lasts. With {@code
 * -Pstress} it lasts an hour, and docs/live-soak.tsv is written.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(900)
class LiveSoakTest {
  private static final boolean LONG = Boolean.getBoolean("reelmux.stress");
  private static final int MINUTES = LONG ? 60 : 2;
  private static final Path TABLE = Path.of("..", "docs", "live-soak.tsv");
  private static final int SIZE = 64;
  private static final int RATE = 25;
  private static final int WINDOW = 6;
  private static final int KEEP = 2;

  /** Heap and code of the JVM itself still grow in a short run. */
  private static final long MAX_KIB = 24 << 10;

  @TempDir Path directory;

  private final LiveStore live = new LiveStore();
  private int mostFiles;
  private int mostObjects;

  @Test
  void liveWindow_longRun_storesMemoryAndHandlesStayFlat() throws IOException {
    SegmentOptions options =
        SegmentOptions.hlsAndDash(Duration.ofSeconds(1)).live(WINDOW).keep(KEEP);
    int frames = MINUTES * 60 * RATE;
    long memory = 0;
    long handles = 0;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(SIZE, SIZE, RATE).threads(1).build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 1));
      encoder.open(
          Output.segments(SegmentStore.directory(directory), options).required(true),
          Output.segments(
                  live,
                  SegmentOptions.hls(Duration.ofSeconds(1))
                      .live(WINDOW)
                      .keep(KEEP)
                      .parts(Duration.ofMillis(200)))
              .required(true));
      for (int n = 0; n < frames; n++) {
        video.addFrame(frame(n));
        audio.addSamples(new float[1][48_000 / RATE]);
        if (n == frames / 3) {
          memory = residentKib();
          handles = handles();
        }
        if (n % (10 * RATE) == 0) {
          count();
        }
      }
      memory = residentKib() - memory;
      handles = handles() - handles;
      EncodingResult result = encoder.finish();
      assertThat(result.outputs()).allSatisfy(output -> assertThat(output.failure()).isEmpty());
      assertThat(result.outputs().get(1).files()).containsExactlyInAnyOrderElementsOf(live.names());
    }
    count();

    // for each of two streams: window, kept, current and its temporary file; init, playlists
    assertThat(mostFiles).isLessThanOrEqualTo(2 * (WINDOW + KEEP + 2) + 2 + 4 + 1);
    // in addition the parts of 7 segments
    assertThat(mostObjects).isLessThanOrEqualTo(2 * (WINDOW + KEEP + 1 + 7 * 6) + 2 + 3);
    assertThat(memory).as("growth in KiB").isLessThan(MAX_KIB);
    assertThat(handles).as("file handles that were added").isLessThan(4);
    if (LONG) {
      Files.writeString(
          TABLE,
          "minutes\tmost files\tmost objects\tresident memory added after the first third, KiB\tfile handles added\n"
              + String.format(
                  Locale.ROOT,
                  "%d\t%d\t%d\t%d\t%d\n",
                  MINUTES,
                  mostFiles,
                  mostObjects,
                  memory,
                  handles));
    }
  }

  private static VideoFrame frame(int number) {
    byte[] pixels = new byte[SIZE * SIZE * 3 / 2];
    Arrays.fill(pixels, (byte) 128);
    for (int i = 0; i < SIZE * SIZE; i++) {
      pixels[i] = (byte) (40 + (i % SIZE + i / SIZE + 3 * number) % 170);
    }
    return VideoFrame.of(PixelLayout.I420, SIZE, SIZE, pixels);
  }

  private void count() throws IOException {
    mostFiles = Math.max(mostFiles, entries(directory));
    mostObjects = Math.max(mostObjects, live.names().size());
  }

  private static int entries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    }
  }

  private static long residentKib() throws IOException {
    System.gc();
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    String line = status.stream().filter(row -> row.startsWith("VmRSS")).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static int handles() throws IOException {
    return entries(Path.of("/proc/self/fd"));
  }
}
