package io.reelmux.ffmpeg.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioStream;
import io.reelmux.Encoder;
import io.reelmux.LiveFragments;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.SegmentFormat;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A flash and a beep of the same time are decoded at the same time, whatever the output. */
@Timeout(120)
@RequiresFfmpegCli
class SyncTest {
  private static final int SIZE = 64;
  private static final int RATE = 25;
  private static final int AUDIO_RATE = 48_000;
  private static final int FLASH = 51;
  private static final double TOLERANCE = 0.004;

  @TempDir static Path directory;

  @BeforeAll
  static void encodeOnceToAllOutputs() throws Exception {
    LiveFragments live = new LiveFragments();
    LiveFragments.Viewer viewer = live.subscribe(64 << 20);
    SegmentOptions options = SegmentOptions.hlsAndDash(Duration.ofSeconds(1));
    try (OutputStream appended = Files.newOutputStream(directory.resolve("appended.mp4"));
        Encoder encoder = Encoder.create()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(SIZE, SIZE, RATE).threads(1).build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(AUDIO_RATE, 1));
      encoder.open(
          Output.file(directory.resolve("file.mp4")),
          Output.file(directory.resolve("file.mkv")),
          Output.file(directory.resolve("file.ts")),
          Output.stream(appended, "mp4"),
          Output.fragments(live, Duration.ofMillis(200)),
          Output.segments(SegmentStore.directory(directory.resolve("cmaf")), options),
          Output.segments(
              SegmentStore.directory(directory.resolve("ts")),
              SegmentOptions.hls(Duration.ofSeconds(1)).format(SegmentFormat.MPEG_TS)));
      for (int n = 0; n < 4 * RATE; n++) {
        video.addFrame(frame(n == FLASH));
        audio.addSamples(samples(n));
      }
      assertThat(encoder.finish().outputs())
          .allSatisfy(output -> assertThat(output.failure()).isEmpty());
    }
    try (OutputStream fragments = Files.newOutputStream(directory.resolve("fragments.mp4"))) {
      viewer.sendTo(fragments);
    }
  }

  private static VideoFrame frame(boolean flash) {
    byte[] pixels = new byte[SIZE * SIZE * 3 / 2];
    Arrays.fill(pixels, (byte) 128);
    Arrays.fill(pixels, 0, SIZE * SIZE, (byte) (flash ? 235 : 16));
    return VideoFrame.of(PixelLayout.I420, SIZE, SIZE, pixels);
  }

  /** A tone that begins with the flash. */
  private static float[][] samples(int number) {
    int count = AUDIO_RATE / RATE;
    float[][] samples = new float[1][count];
    for (int i = 0; i < count && number >= FLASH; i++) {
      samples[0][i] = (float) (0.8 * Math.sin(2 * Math.PI * 1000 * i / AUDIO_RATE));
    }
    return samples;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file.mp4",
        "file.mkv",
        "file.ts",
        "appended.mp4",
        "fragments.mp4",
        "cmaf/main.m3u8",
        "cmaf/manifest.mpd",
        "ts/main.m3u8"
      })
  void flashAndBeep_areDecodedTogether(String name) throws Exception {
    Path file = directory.resolve(name);

    double flash = flash(file);
    double beep = beep(file);

    assertThat(beep - flash).isCloseTo(0, within(TOLERANCE));
    if (!name.contains("ts")) {
      assertThat(flash).isCloseTo((double) FLASH / RATE, within(TOLERANCE));
    }
  }

  private static double flash(Path file) throws Exception {
    List<String> times = new ArrayList<>();
    for (String line :
        FfmpegCli.ffprobe(
            file,
            "-select_streams",
            "v:0",
            "-show_entries",
            "frame=pts_time",
            "-allowed_extensions",
            "ALL")) {
      times.add(line.replace(",", ""));
    }
    byte[] gray =
        decode(
            file,
            "-map",
            "0:v:0",
            "-fps_mode",
            "passthrough",
            "-vf",
            "scale=1:1,format=gray",
            "-f",
            "rawvideo");
    assertThat(gray).hasSameSizeAs(times.toArray());
    int bright = 0;
    while ((gray[bright] & 255) < 128) {
      bright++;
    }
    return Double.parseDouble(times.get(bright));
  }

  /** The filter makes the first sample that of time zero. */
  private static double beep(Path file) throws Exception {
    byte[] bytes =
        decode(file, "-map", "0:a:0", "-af", "aresample=async=1:first_pts=0", "-f", "f32le");
    ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int sample = 0;
    while (Math.abs(samples.getFloat(4 * sample)) < 0.4) {
      sample++;
    }
    return (double) sample / AUDIO_RATE;
  }

  private static byte[] decode(Path file, String... arguments)
      throws IOException, InterruptedException {
    Path raw = directory.resolve("raw");
    List<String> command = new ArrayList<>(List.of("-copyts"));
    if (file.toString().endsWith(".m3u8") || file.toString().endsWith(".mpd")) {
      command.addAll(List.of("-allowed_extensions", "ALL"));
    }
    command.addAll(List.of("-i", file.toString()));
    command.addAll(List.of(arguments));
    command.add(raw.toString());
    FfmpegCli.ffmpeg(command.toArray(String[]::new));
    return Files.readAllBytes(raw);
  }
}
