package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioGaps;
import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FrameRate;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Very high and very low frame rates, and long times. */
class ExtremeTimesTest {
  private static final FrameRate HOURLY = FrameRate.of(1, 3600);
  private static final FrameRate NTSC = FrameRate.of(30_000, 1001);

  /** The frame that begins next to the end of an hour. */
  private static final int HOUR = 107_892;

  private static final long NTSC_HOUR_NANOS = HOUR * 1_001_000_000_000L / 30_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "ts", "avi", "flv", "nut"})
  void thousandFramesASecond_eachIsAtItsMillisecond(String container) throws IOException {
    byte[] file = Fixtures.encodeMoving(Fixtures.options(1000).build(), container, 20);

    assertThat(nanos(MediaReader.read(file).video(0)))
        .isEqualTo(LongStream.range(0, 20).map(i -> i * 1_000_000).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "ts", "avi", "nut"})
  void oneFrameAnHour_eachIsAtItsHour(String container) throws IOException {
    VideoOptions options =
        VideoOptions.builder(Fixtures.WIDTH, Fixtures.HEIGHT, HOURLY).maxBFrames(0).build();

    byte[] file = Fixtures.encodeMoving(options, container, 4);

    assertThat(nanos(MediaReader.read(file).video(0)))
        .isEqualTo(
            LongStream.range(0, 4).map(hour -> Duration.ofHours(hour).toNanos()).boxed().toList());
  }

  @RequiresGpl
  @Test
  void oneFrameAnHour_withBFramesInFlv_isRefused() {
    VideoOptions options =
        VideoOptions.builder(Fixtures.WIDTH, Fixtures.HEIGHT, HOURLY).maxBFrames(3).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fixtures.encodeMoving(options, "flv", 1))
        .withMessageContaining("container flv stores at most 8388606 ticks");
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv"})
  void hundredHours_ofUnevenTimes_areExact(String container) throws Exception {
    Path file = directory.resolve("long." + container);
    List<Long> millis =
        LongStream.rangeClosed(0, 20).map(i -> i * 5 * 3_600_000 + 7 * i % 3).boxed().toList();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream =
          encoder.addVideo(Fixtures.options(25).variableFrameRate(true).maxBFrames(0).build());
      encoder.openFile(file);
      for (int i = 0; i < millis.size(); i++) {
        stream.addFrame(Fixtures.movingFrame(i).withPts(Duration.ofMillis(millis.get(i))));
      }
    }

    List<Long> read =
        FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time").stream()
            .map(time -> Math.round(1000 * Double.parseDouble(time.replace(",", ""))))
            .toList();

    assertThat(read).isEqualTo(millis);
  }

  /** Audio is counted in samples, video in frames: neither unit divides the other. */
  @Test
  void gif_timesBetweenItsTicks_areNoted() throws IOException {
    assertThat(gifNotes(25)).isEmpty();
    assertThat(gifNotes(30))
        .containsExactly(
            "video 0: 2 frames are shown up to half a tick early or late: gif counts 1/100 of a"
                + " second");
  }

  @Test
  void gif_framesTooNear_areNoted() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(Fixtures.options(25).variableFrameRate(true).build());
      encoder.openFileLike(new ByteArrayOutput(), "gif");
      for (long millis : new long[] {0, 40, 50, 100}) {
        stream.addFrame(Fixtures.movingFrame(0).withPts(Duration.ofMillis(millis)));
      }
      result = encoder.finish();
    }

    assertThat(result.notes())
        .containsExactly(
            "video 0: 1 frames are shown for less than 2 ticks of 1/100 of a second, which players"
                + " lengthen, browsers to 1/10");
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({
    "gif, 0, true",
    "apng, 0, true",
    "webp, 0, true",
    "mkv, 1.5, false",
    "mp4, 1.5, false",
    "nut, 1.5, false"
  })
  void firstFrame_thatStartsLate_isWhereSaidOrNoted(String container, double start, boolean noted)
      throws Exception {
    Path file = directory.resolve("late." + container);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(Fixtures.options(25).variableFrameRate(true).build());
      encoder.openFile(file);
      for (long millis : new long[] {1500, 1600, 1700}) {
        stream.addFrame(Fixtures.movingFrame(0).withPts(Duration.ofMillis(millis)));
      }
      result = encoder.finish();
    }

    String first = FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time").get(0);
    assertThat(Double.parseDouble(first)).isEqualTo(start);
    assertThat(result.notes().contains(late(container))).isEqualTo(noted);
  }

  private static String late(String container) {
    return "video 0: the first frame is shown at 0 instead of PT1.5S, and all others are earlier by"
        + " as much: "
        + container
        + " has no time before it";
  }

  private static List<String> gifNotes(double rate) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    return Fixtures.encodeMoving(Fixtures.options(rate).build(), output, "gif", 4).notes();
  }

  @RequiresFfmpegCli
  @Test
  void hourOfNtscBeside44100_doesNotDrift() throws Exception {
    Path file = directory.resolve("hour.mp4");
    int side = 16;
    VideoFrame frame = VideoFrame.of(PixelLayout.I420, side, side, new byte[side * side * 3 / 2]);
    try (Encoder encoder = Encoder.builder().container(ContainerMode.PLAIN).build()) {
      VideoStream video =
          encoder.addVideo(VideoOptions.builder(side, side, NTSC).codec("mjpeg").build());
      AudioStream audio =
          encoder.addAudio(
              AudioOptions.builder(44_100, 1).codec("aac").gaps(AudioGaps.KEEP).build());
      encoder.openFile(file);
      audio.addSamples(AudioSamples.of(new float[1][1024]));
      for (int i = 0; i <= HOUR; i++) {
        video.addFrame(frame);
      }
      audio.addSamples(tone(1024).withPts(Duration.ofNanos(NTSC_HOUR_NANOS)));
    }

    double hour = NTSC_HOUR_NANOS / 1e9;
    assertThat(lastPacket(file, "v")).isCloseTo(hour, within(0.0006));
    // that of the encoder's last frame, which begins with the last samples
    assertThat(lastPacket(file, "a")).isCloseTo(hour, within(0.0006));
  }

  private static AudioSamples tone(int count) {
    float[] samples = new float[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (float) (0.8 * Math.sin(0.3 * i));
    }
    return AudioSamples.of(new float[][] {samples});
  }

  private static double lastPacket(Path file, String stream) throws Exception {
    return FfmpegCli.ffprobe(
            file,
            "-select_streams",
            stream,
            "-read_intervals",
            "3599%",
            "-show_entries",
            "packet=pts_time")
        .stream()
        .mapToDouble(time -> Double.parseDouble(time.replace(",", "")))
        .max()
        .orElseThrow();
  }

  /** Returns the times of the frames, relative to the first. */
  private static List<Long> nanos(ReadStream stream) {
    long first = stream.framePts().get(0);
    return stream.framePts().stream()
        .map(pts -> stream.timeBase().toDuration(pts - first).toNanos())
        .toList();
  }
}
