package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.ContainerMode;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import io.reelmux.testing.media.DecodedAudio;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Absolute times of frames and samples in finished and unfinished files. */
class PresentationTimesTest {
  private static final int SIDE = 32;
  private static final int RATE = 48_000;
  private static final long NO_OFFSET = 0;

  /** Uneven, with pauses longer than a fragment. */
  private static final long[] MILLIS = {
    0, 40, 100, 101, 250, 1000, 1500, 1510, 2600, 2601, 4000, 4040, 4080, 9000, 9040, 9080
  };

  /** The last frame is shown until then. */
  private static final long END = 10_000;

  @TempDir Path directory;

  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({
    "mp4, CRASH_SAFE, true",
    "mp4, FAST_START, true",
    "mp4, FRAGMENTED, true",
    "mp4, PLAIN, true",
    "mov, CRASH_SAFE, true",
    "mov, FRAGMENTED, true",
    "mp4, FRAGMENTED, false",
    "mp4, CRASH_SAFE, false",
    "mkv, CRASH_SAFE, true",
    "mkv, CRASH_SAFE, false"
  })
  void finish_ownTimes_framesAndSamplesAreAtTheirTimes(
      String container, ContainerMode mode, boolean audio) throws Exception {
    Path file = directory.resolve("own." + container);

    EncodingResult result = encodeOwnTimes(file, mode, NO_OFFSET, audio);

    assertThat(shown(file)).isEqualTo(micros(NO_OFFSET));
    assertThat(result.notes()).isEmpty();
    assertThat(result.duration()).isEqualTo(Duration.ofMillis(END));
    if (audio) {
      assertThat(clap(MediaReader.read(file))).isCloseTo(1.0, within(0.001));
    }
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({
    "mp4, CRASH_SAFE",
    "mp4, FRAGMENTED",
    "mp4, PLAIN",
    "mov, FRAGMENTED",
    "mkv, CRASH_SAFE"
  })
  void finish_firstFrameNotAtZero_isNotMoved(String container, ContainerMode mode)
      throws Exception {
    Path file = directory.resolve("late." + container);

    encodeOwnTimes(file, mode, 15_003, /* audio= */ true);

    assertThat(shown(file)).isEqualTo(micros(15_003));
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({"CRASH_SAFE, 0", "FRAGMENTED, 0", "CRASH_SAFE, 15003", "FRAGMENTED, 15003"})
  void unfinished_ownTimes_framesAreAtTheirTimes(ContainerMode mode, long offset) throws Exception {
    ByteArrayOutput output = new ByteArrayOutput();
    byte[] unfinished;
    try (Encoder encoder = Encoder.builder().container(mode).build()) {
      VideoStream video = encoder.addVideo(ownTimes().build());
      encoder.openFileLike(output, "mp4");
      for (long millis : MILLIS) {
        video.addFrame(gray(millis).withPts(Duration.ofMillis(millis + offset)));
      }
      for (int i = 0; i < 60; i++) {
        video.addFrame(gray(i).withPts(Duration.ofMillis(20_000 + offset + 40 * i)));
      }
      unfinished = output.toByteArray();
      encoder.cancel();
    }
    Path file = Files.write(directory.resolve("unfinished.mp4"), unfinished);

    List<Long> shown = shown(file);

    int whole = (int) shown.stream().filter(time -> time < (9_500 + offset) * 1000).count();
    assertThat(shown.subList(0, whole)).isEqualTo(micros(offset).subList(0, whole));
    assertThat(whole).isGreaterThanOrEqualTo(MILLIS.length - 5);
  }

  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({
    "mp4, CRASH_SAFE",
    "mp4, FRAGMENTED",
    "mp4, PLAIN",
    "mov, CRASH_SAFE",
    "mov, FRAGMENTED",
    "mkv, CRASH_SAFE",
    "webm, CRASH_SAFE"
  })
  void finish_constantRate_framesAndClapAreAtTheirTimes(String container, ContainerMode mode)
      throws Exception {
    Path file = directory.resolve("constant." + container);

    encodeConstant(file, mode);

    List<Long> wanted = LongStream.range(0, 60).map(i -> i * 40_000).boxed().toList();
    assertThat(shown(file)).isEqualTo(wanted);
    assertThat(clap(MediaReader.read(file))).isCloseTo(1.0, within(0.001));
  }

  /** Where decoding times cannot be negative, all times are later. */
  @ParameterizedTest
  @ValueSource(strings = {"ts", "flv", "nut", "mxf"})
  void finish_constantRate_framesAndClapAreTogether(String container) throws Exception {
    Path file = directory.resolve("constant." + container);

    encodeConstant(file, ContainerMode.CRASH_SAFE);

    Media media = MediaReader.read(file);
    assertThat(clap(media)).isCloseTo(seconds(media.video(0), 25), within(0.001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"webm", "ts", "flv", "mkv", "mp4"})
  void finish_firstFrameAndSampleAreLate_framesAndClapAreTogether(String container)
      throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    Duration start = Duration.ofMillis(700);
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().build());
      AudioStream audio = encoder.addAudio(AudioOptions.of(RATE, 1));
      encoder.openFileLike(output, container);
      audio.addSamples(clapping(0, 2 * RATE).withPts(start));
      for (int i = 0; i < 30; i++) {
        video.addFrame(gray(i).withPts(start.plusMillis(40 * i)));
      }
    }

    Media media = MediaReader.read(output.toByteArray());
    assertThat(clap(media)).isCloseTo(seconds(media.video(0), 25), within(0.001));
    if (!container.matches("ts|flv")) {
      assertThat(clap(media)).isCloseTo(1.7, within(0.001));
    }
  }

  private static double seconds(ReadStream stream, int frame) {
    return stream.timeBase().toDuration(stream.framePts().get(frame)).toNanos() / 1e9;
  }

  @ParameterizedTest
  @CsvSource({"mp4, 23000, 24000", "mov, 23000, 24000", "mpegts, 47000, 48000"})
  void addFrame_pauseBeyondTheContainer_isRefusedWithTheLimit(
      String container, long fits, long tooLong) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().maxBFrames(0).build());
      encoder.openFileLike(output, container);
      video.addFrame(gray(0).withPts(Duration.ZERO));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.addFrame(gray(1).withPts(Duration.ofSeconds(tooLong))))
          .withMessageContaining("container " + container)
          .withMessageContaining(Duration.ofSeconds(tooLong).toString())
          .withMessageContaining("mkv");

      video.addFrame(gray(1).withPts(Duration.ofSeconds(fits)));
      video.addFrame(gray(2).withPts(Duration.ofSeconds(2 * fits)));
    }
    ReadStream read = MediaReader.read(output.toByteArray()).video(0);
    List<Duration> times =
        read.framePts().stream()
            .map(pts -> read.timeBase().toDuration(pts - read.framePts().get(0)))
            .toList();
    assertThat(times)
        .containsExactly(Duration.ZERO, Duration.ofSeconds(fits), Duration.ofSeconds(2 * fits));
  }

  @Test
  void addFrame_durationBeyondTheContainer_isRefusedWithTheLimit() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.addFrame(gray(0).withDuration(Duration.ofHours(7))))
          .withMessageContaining("PT7H")
          .withMessageContaining("PT6H37M");
      encoder.cancel();
    }
  }

  @RequiresGpl
  @ParameterizedTest
  @CsvSource({"mp4, 12000", "flv, 8400"})
  void addFrame_pauseWithBFramesBeyondTheContainer_isRefused(String container, long seconds)
      throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().build());
      encoder.openFileLike(new ByteArrayOutput(), container);
      video.addFrame(gray(0).withPts(Duration.ZERO));

      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> {
                for (int i = 1; i < 6; i++) {
                  video.addFrame(gray(i).withPts(Duration.ofSeconds(i * seconds)));
                }
              })
          .withMessageContaining("container " + container);
      encoder.cancel();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "webm", "flv"})
  void addFrame_timesOnOneMillisecond_isRefusedWithBoth(String container) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().build());
      encoder.openFileLike(new ByteArrayOutput(), container);
      video.addFrame(gray(0).withPts(Duration.ofMillis(5)));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.addFrame(gray(1).withPts(Duration.ofNanos(5_300_000))))
          .withMessageContaining("PT0.0053S")
          .withMessageContaining("PT0.005S")
          .withMessageContaining("1/1000");
      encoder.cancel();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mkv", "webm"})
  void open_rateAboveTheContainersUnit_isRefused(String container) {
    Encoder encoder = Encoder.create();
    encoder.addVideo(VideoOptions.of(SIDE, SIDE, 1200));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.openFileLike(new ByteArrayOutput(), container))
        .withMessageContaining("1200 frames per second")
        .withMessageContaining("1/1000")
        .withMessageContaining("mp4");
  }

  @ParameterizedTest
  @CsvSource({"mp4, CRASH_SAFE", "mp4, PLAIN", "mkv, CRASH_SAFE", "webm, CRASH_SAFE"})
  void end_atTime_lastFrameLastsUntilThen(String container, ContainerMode mode) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    EncodingResult result;
    try (Encoder encoder = Encoder.builder().container(mode).build()) {
      VideoStream video = encoder.addVideo(ownTimes().maxBFrames(0).build());
      encoder.openFileLike(output, container);
      video.addFrame(gray(0).withPts(Duration.ZERO));
      video.addFrame(gray(1).withPts(Duration.ofMillis(400)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.end(Duration.ofMillis(400)))
          .withMessageContaining("after the last frame");
      video.end(Duration.ofMillis(2_500));
      video.end(Duration.ofMillis(9_000));
      result = encoder.finish();
    }

    assertThat(result.duration()).isEqualTo(Duration.ofMillis(2_500));
    assertThat(MediaReader.read(output.toByteArray()).durationMicros()).isEqualTo(2_500_000);
  }

  /** Fragments state how long frames are decoded, which with B-frames is something else. */
  @RequiresFfmpegCli
  @ParameterizedTest
  @CsvSource({"0, 2750", "1000, 2750", "0, 2005"})
  void end_ofAFragmentedFileWithBFrames_isWhenTheLastFrameEnds(long start, long end)
      throws Exception {
    Path file = directory.resolve("fragmented.mp4");
    // the last ones follow each other faster than the first ones
    long[] millis = {0, 400, 800, 1200, 1400, 1600, 1700, 1800, 1900, 1940, 1970, 2000};
    EncodingResult result;
    try (OutputStream out = Files.newOutputStream(file);
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().build());
      encoder.openFileLike(out, "mp4");
      for (long time : millis) {
        video.addFrame(gray(time).withPts(Duration.ofMillis(start + time)));
      }
      video.end(Duration.ofMillis(start + end));
      result = encoder.finish();
    }

    assertThat(result.notes())
        .containsExactly("the mp4 is fragmented, because its destination cannot seek");
    String duration = FfmpegCli.ffprobe(file, "-show_entries", "format=duration,start_time").get(0);
    // in fragments, the end counts from 0
    assertThat(duration).isEqualTo("%.6f,%.6f".formatted(start / 1e3, (start + end) / 1e3));
    assertThat(shown(file))
        .isEqualTo(Arrays.stream(millis).map(ms -> (start + ms) * 1000).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"apng", "flv", "gif", "mkv", "mov", "mp4", "nut", "ts", "webm"})
  void end_inAnyContainer_isWhenTheLastFrameEndsOrNoted(String container) throws Exception {
    Path file = directory.resolve("last." + container);
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().maxBFrames(0).build());
      encoder.openFile(file);
      for (long time = 0; time < 1000; time += 40) {
        video.addFrame(gray(time).withPts(Duration.ofMillis(time)));
      }
      video.end(Duration.ofSeconds(3));
      result = encoder.finish();
    }

    boolean noted = result.notes().toString().contains("the last frame is to be shown until PT3S");
    boolean reaches = Math.abs(end(file) - 3) < 0.05;
    assertThat(reaches).as(end(file) + " s, " + result.notes()).isEqualTo(!noted);
  }

  /** Players assume that the last frame lasts as long as the one before it. */
  @ParameterizedTest
  @CsvSource({
    "ts, 1000, false",
    "ts, 1001, false",
    "ts, 1100, true",
    "ts, 970, true",
    "nut, 1000, false",
    "mp4, 1100, false"
  })
  void end_whereNoDurationIsStored_isNotedUnlessItIsTheUsual(
      String container, long end, boolean noted) throws Exception {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(ownTimes().maxBFrames(0).build());
      encoder.openFile(directory.resolve("usual." + container));
      for (long time = 0; time < 1000; time += 40) {
        video.addFrame(gray(time).withPts(Duration.ofMillis(time)));
      }
      video.end(Duration.ofMillis(end));
      result = encoder.finish();
    }

    assertThat(result.notes().toString().contains("the last frame is to be shown until"))
        .as("%s", result.notes())
        .isEqualTo(noted);
  }

  /** Seconds from the first packet to when the file ends, or to the end of the last packet. */
  private static double end(Path file) throws Exception {
    double stated =
        FfmpegCli.ffprobe(file, "-show_entries", "format=duration").stream()
            .filter(duration -> !duration.equals("N/A"))
            .mapToDouble(Double::parseDouble)
            .sum();
    double[] ends =
        FfmpegCli.ffprobe(file, "-show_entries", "packet=pts_time,duration_time").stream()
            .map(line -> line.replace("N/A", "0").split(","))
            .filter(cells -> !cells[0].isEmpty())
            .mapToDouble(cells -> Double.parseDouble(cells[0]) + Double.parseDouble(cells[1]))
            .toArray();
    return Math.max(stated, ends[ends.length - 1] - (file.endsWith("last.ts") ? ends[0] : 0));
  }

  /**
   * The last frame is shown for a tick, and the B-frames before it are decoded one after another.
   */
  @RequiresGpl
  @Test
  void end_ofAFragmentedFileAtOnce_isNoted() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.builder().container(ContainerMode.FRAGMENTED).build()) {
      VideoStream video = encoder.addVideo(ownTimes().maxBFrames(3).build());
      encoder.openFileLike(new ByteArrayOutput(), "mp4");
      for (int i = 0; i < 3; i++) {
        video.addFrame(gray(0).withPts(Duration.ofSeconds(5 * i)));
      }
      for (int i = 1; i <= 14; i++) {
        video.addFrame(gray(0).withPts(Duration.ofMillis(10_000 + 40 * i)));
      }
      video.end(Duration.ofNanos(10_560_012_000L));
      result = encoder.finish();
    }

    assertThat(result.notes())
        .singleElement()
        .asString()
        .startsWith("video 0: the fragmented mp4 lasts longer than its frames")
        .endsWith("set maxBFrames(0)");
  }

  @Test
  void end_atTimeOfConstantRate_isRefusedAndTheStreamGoesOn() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(SIDE, SIDE, 25));
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      video.addFrame(gray(0));

      assertThatIllegalArgumentException()
          .isThrownBy(() -> video.end(Duration.ofSeconds(1)))
          .withMessageContaining("variableFrameRate(true)");

      assertThatCode(() -> video.addFrame(gray(1))).doesNotThrowAnyException();
    }
  }

  private static VideoOptions.Builder ownTimes() {
    return VideoOptions.builder(SIDE, SIDE, 25).variableFrameRate(true);
  }

  private static VideoFrame gray(long value) {
    byte[] pixels = new byte[SIDE * SIDE * 3 / 2];
    Arrays.fill(pixels, 0, SIDE * SIDE, (byte) (40 + value % 7 * 25));
    Arrays.fill(pixels, SIDE * SIDE, pixels.length, (byte) 128);
    return VideoFrame.of(PixelLayout.I420, SIDE, SIDE, pixels);
  }

  /** Silence, and from one second on a tone. */
  private static AudioSamples clapping(long from, long to) {
    float[] samples = new float[(int) (to - from)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          from + i < RATE ? 0 : (float) (0.8 * Math.cos((from + i) * 2 * Math.PI * 1000 / RATE));
    }
    return AudioSamples.of(new float[][] {samples});
  }

  /** Returns when the tone begins, in seconds. */
  private static double clap(Media media) {
    DecodedAudio audio = Objects.requireNonNull(media.audio(0).audio());
    double[] samples = audio.channels().get(0);
    int first =
        IntStream.range(0, samples.length)
            .filter(i -> Math.abs(samples[i]) > 0.4)
            .findFirst()
            .orElseThrow();
    return audio.start() + (double) first / audio.sampleRate();
  }

  private static EncodingResult encodeOwnTimes(
      Path file, ContainerMode mode, long offset, boolean hasAudio) throws IOException {
    try (Encoder encoder = Encoder.builder().container(mode).build()) {
      VideoStream video = encoder.addVideo(ownTimes().build());
      AudioStream audio = hasAudio ? encoder.addAudio(AudioOptions.of(RATE, 1)) : null;
      encoder.openFile(file);
      long fed = 0;
      for (long millis : MILLIS) {
        video.addFrame(gray(millis).withPts(Duration.ofMillis(millis + offset)));
        if (audio != null) {
          long to = (millis + offset) * RATE / 1000 + 1;
          audio.addSamples(clapping(fed, to));
          fed = to;
        }
      }
      video.end(Duration.ofMillis(END + offset));
      return encoder.finish();
    }
  }

  private static void encodeConstant(Path file, ContainerMode mode) throws IOException {
    try (Encoder encoder = Encoder.builder().container(mode).build()) {
      VideoStream video = encoder.addVideo(VideoOptions.of(SIDE, SIDE, 25));
      AudioStream audio = encoder.addAudio(AudioOptions.of(RATE, 1));
      encoder.openFile(file);
      for (int i = 0; i < 60; i++) {
        video.addFrame(gray(i));
        audio.addSamples(clapping(i * RATE / 25, (i + 1) * RATE / 25));
      }
      encoder.finish();
    }
  }

  private static List<Long> micros(long offset) {
    return Arrays.stream(MILLIS).map(millis -> (millis + offset) * 1000).boxed().toList();
  }

  /** Returns the absolute times of the frames in microseconds, as ffprobe reads them. */
  private static List<Long> shown(Path file) throws IOException, InterruptedException {
    return FfmpegCli.ffprobe(file, "-select_streams", "v", "-show_entries", "frame=pts_time")
        .stream()
        .map(line -> line.replace(",", ""))
        .map(time -> new BigDecimal(time).movePointRight(6).longValueExact())
        .toList();
  }
}
