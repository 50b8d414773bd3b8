package io.reelmux.reader.ffmpeg.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoReader;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the last frame is shown where frames have their own times. */
@RequiresFfmpegCli
class LastFrameTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  /** Milliseconds that FFmpeg's muxers may round up. */
  private static final long ROUNDING = 2;

  /** What an encoder shows a last frame of unknown duration, which is that of its nominal rate. */
  private static final long NOMINAL = 40;

  @TempDir private static Path folder;

  private static long[] times(String name) {
    return switch (name) {
      case "uneven" -> new long[] {0, 40, 100, 350, 1360, 1400};
      case "late" -> new long[] {700, 740, 900, 2000};
      case "slides" -> new long[] {0, 1000, 1500, 4000, 4200};
      case "even" -> new long[] {0, 40, 80, 120, 160, 200, 240, 280, 320, 360};
      default -> {
        Random random = new Random(5);
        long[] times = new long[100];
        for (int i = 1; i < times.length; i++) {
          times[i] = times[i - 1] + 20 + random.nextInt(181);
        }
        yield times;
      }
    };
  }

  /** Writes frames; the last one ends at the end, or when the encoder thinks if it is 0. */
  private static Path write(String file, boolean fragmented, int bFrames, String times, long end)
      throws Exception {
    Path target = folder.resolve(times + end + "b" + bFrames + fragmented + "." + file);
    VideoOptions.Builder options = VideoOptions.builder(WIDTH, HEIGHT, 25).variableFrameRate(true);
    if (!file.equals("webm")) {
      options.maxBFrames(bFrames);
    }
    Encoder.Builder builder = Encoder.builder();
    if (fragmented) {
      builder.container(ContainerMode.FRAGMENTED);
    }
    try (Encoder encoder = builder.build()) {
      VideoStream stream = encoder.addVideo(options.build());
      encoder.openFile(target);
      byte[] pixels = new byte[WIDTH * HEIGHT * 3];
      long[] all = times(times);
      for (int n = 0; n < all.length; n++) {
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = (byte) (i % 192 + n);
        }
        stream.addFrame(
            VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, pixels.clone())
                .withPts(Duration.ofMillis(all[n])));
      }
      if (end > 0) {
        stream.end(Duration.ofMillis(end));
      }
      encoder.finish();
    }
    return target;
  }

  private static long millis(Path file) throws Exception {
    String text =
        FfmpegCli.ffprobe(file, "-show_entries", "format=duration").get(0).replaceAll(",.*", "");
    return Math.round(Double.parseDouble(text) * 1000);
  }

  @ParameterizedTest
  @CsvSource({
    "mp4,false,3,random,14121",
    "mp4,false,0,random,14121",
    "mp4,false,3,uneven,3000",
    "mp4,false,0,uneven,3000",
    "mov,false,3,uneven,3000",
    "mp4,false,3,uneven,0",
    "mp4,false,3,late,2500",
    "mp4,false,3,slides,9000",
    "mp4,false,3,even,3000",
    "mp4,true,3,random,14121",
    "mp4,true,3,late,2500",
    "mp4,true,0,late,2500",
    "mp4,true,3,late,0",
    "mp4,true,3,even,3000",
    "mkv,false,3,slides,9000",
    "mkv,false,0,slides,9000",
    "mkv,false,3,slides,0",
    "mkv,false,3,even,3000",
    "mkv,false,3,late,2500",
    "webm,false,0,slides,9000",
    "webm,false,0,slides,0",
    "flv,false,3,slides,9000",
    "flv,false,0,slides,9000",
  })
  void lastFrame_ofAVariableRate_lastsUntilTheStatedEnd(
      String container, boolean fragmented, int bFrames, String name, long stated)
      throws Exception {
    Path file = write(container, fragmented, bFrames, name, stated);
    long[] times = times(name);
    long last = times[times.length - 1];
    long end = stated > 0 ? stated : last + NOMINAL;
    long length = end - times[0];

    try (MediaReader in = MediaReader.open(file)) {
      VideoReader video = in.video();
      FrameIndex index = video.index();
      Duration first = index.time(0);
      assertThat(index.end().minus(first)).isEqualTo(Duration.ofMillis(length));
      assertThat(index.duration(times.length - 1)).isEqualTo(Duration.ofMillis(end - last));
      Duration almost = first.plusMillis(length - 5);
      assertThat(video.frameShownAt(almost).index()).isEqualTo(times.length - 1);
      // fragments, and containers without edit lists, count from the start of the timeline
      assertThat(in.info().duration().orElseThrow().toMillis())
          .isIn(length, end, first.toMillis() + length);
    }
    for (String target : Arrays.asList("mp4", "mkv")) {
      Path encoded = folder.resolve("encoded." + target);
      Transcoder.of(file).toFile(encoded);
      assertThat(millis(encoded)).isBetween(length, length + ROUNDING);
    }
    Path copied = folder.resolve("copied." + (container.equals("webm") ? "webm" : "mkv"));
    Transcoder.of(file).copyVideo().toFile(copied);
    assertThat(millis(copied)).isBetween(length, length + ROUNDING);
  }

  /** Packets of MKV and FLV have no durations, and an MP4 has those of decoding. */
  @ParameterizedTest
  @CsvSource({
    "mkv, CRASH_SAFE, 0",
    "mkv, CRASH_SAFE, 2",
    "mkv, FRAGMENTED, 0",
    "mkv, FRAGMENTED, 2",
    "mkv, FAST_START, 2",
    "flv, CRASH_SAFE, 2",
    "flv, FRAGMENTED, 2",
    "mp4, CRASH_SAFE, 2",
    "mp4, FRAGMENTED, 2"
  })
  void copiedToMp4_ofUnevenTimes_keepsEachTime(String container, ContainerMode mode, int bFrames)
      throws Exception {
    Path file = write(container, false, bFrames, "slides", 9000);
    Path copied = folder.resolve("uneven.mp4");

    TranscodeResult result =
        Transcoder.of(file).encoder(encoder -> encoder.container(mode)).copyVideo().toFile(copied);

    // only MP4 lists its frames: elsewhere, what is held for long may have been followed by others
    assertThat(result.notes()).allMatch(note -> note.contains("may be cut off"));
    assertThat(result.notes()).hasSize(container.equals("mp4") ? 0 : 1);
    List<Double> shown =
        FfmpegCli.ffprobe(copied, "-show_entries", "packet=pts_time").stream()
            .map(line -> Double.parseDouble(line.replaceAll(",.*", "")))
            .sorted()
            .toList();
    assertThat(shown).containsExactly(0.0, 1.0, 1.5, 4.0, 4.2);
    assertThat(millis(copied)).isBetween(9000L, 9000 + ROUNDING);
  }

  /** All its frames have been read, however long the last one is shown. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void report_lastFrameIsHeldForLong_isNotTruncated(int bFrames) throws Exception {
    try (MediaReader in = MediaReader.open(write("mp4", false, bFrames, "slides", 9000))) {
      VideoReader video = in.video();
      assertThat(video.frames()).hasSize(5);

      assertThat(video.report().truncated()).isFalse();
    }
  }

  /** The end of the file is that of its audio. */
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv"})
  void lastFrame_besideLongerAudio_lastsUntilTheEndOfItsStream(String container) throws Exception {
    Path video = write(container, false, 3, "uneven", 2000);
    Path file = folder.resolve("audio." + container);
    FfmpegCli.ffmpeg(
        ("-loglevel error -y -f lavfi -i sine=d=6 -i " + write("mp4", false, 3, "uneven", 2000))
            .concat(" -map 0 -map 1 -c:v copy -c:a aac " + file)
            .split(" "));

    try (MediaReader in = MediaReader.open(video)) {
      assertThat(in.video().index().end()).isEqualTo(Duration.ofMillis(2000));
    }
    try (MediaReader in = MediaReader.open(file)) {
      FrameIndex index = in.video().index();
      assertThat(index.end().toMillis()).isGreaterThan(1400).isLessThan(4000);
    }
  }
}
