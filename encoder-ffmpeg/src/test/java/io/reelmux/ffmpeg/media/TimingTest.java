package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.FrameRate;
import io.reelmux.Packet;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.Rational;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presentation times of frames: explicit times, durations, and time bases. */
class TimingTest {

  /** Uneven on purpose. */
  private static final List<Long> MILLIS = List.of(0L, 40L, 100L, 101L, 250L, 1_000L, 1_500L);

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "flv", "ts", "nut"})
  void variableFrameRate_unevenTimes_areKept(String container) throws IOException {
    byte[] file = encodeAt(MILLIS, Duration.ofMillis(700), container);

    ReadStream stream = MediaReader.read(file).video(0);

    assertThat(shownMillis(stream)).isEqualTo(MILLIS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov", "mkv", "webm"})
  void variableFrameRate_lastFrameWithDuration_extendsFile(String container) throws IOException {
    // with reordered uneven frames, libavformat reads an MP4 as shorter than its header states
    VideoOptions options = variable().maxBFrames(0).build();

    Media media = MediaReader.read(encodeAt(options, MILLIS, Duration.ofMillis(700), container));

    assertThat(media.durationMicros()).isEqualTo(2_200_000);
  }

  @RequiresGpl
  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mov"})
  void variableFrameRate_reorderedFrames_headerHasWholeDuration(String container)
      throws IOException {
    byte[] file = encodeAt(MILLIS, Duration.ofMillis(700), container);

    ByteBuffer header = box(file, "mvhd");

    assertThat(header.getInt(12)).as("ticks per second").isEqualTo(90_000);
    assertThat(header.getInt(16)).isEqualTo(198_000);
  }

  @Test
  void result_lastFrameWithDuration_includesIt() throws IOException {
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(variable().build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      stream.addFrame(at(0, 0));
      stream.addFrame(at(1, 500).withDuration(Duration.ofMillis(1_250)));
      result = encoder.finish();
    }

    assertThat(result.duration()).isEqualTo(Duration.ofMillis(1_750));
  }

  @ParameterizedTest
  @CsvSource({"mp4, 12800, 512", "mov, 12800, 512", "mkv, 1000, 40", "nut, 51200, 2048"})
  void constantRate_lastFrame_hasSameDurationAsOthers(
      String container, int ticksPerSecond, long ticksPerFrame) throws IOException {
    byte[] file = Fixtures.encodeMoving(Fixtures.options(25).build(), container, 7);

    ReadStream stream = MediaReader.read(file).video(0);

    assertThat(stream.timeBase()).isEqualTo(new Rational(1, ticksPerSecond));
    assertThat(stream.packetDurations()).hasSize(7).containsOnly(ticksPerFrame);
    assertThat(stream.length()).isEqualTo(Duration.ofMillis(280));
  }

  @Test
  void addFrame_variableRateWithoutTimes_framesAreConsecutive() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(variable().build());
      encoder.openFileLike(output, "mkv");
      stream.addFrame(Fixtures.movingFrame(0));
      stream.addFrame(Fixtures.movingFrame(1).withDuration(Duration.ofMillis(100)));
      stream.addFrame(Fixtures.movingFrame(2));
      stream.addFrame(at(3, 500));
      stream.addFrame(Fixtures.movingFrame(4));
    }

    ReadStream stream = MediaReader.read(output.toByteArray()).video(0);

    // 25 per second unless specified otherwise
    assertThat(shownMillis(stream)).containsExactly(0L, 40L, 140L, 500L, 540L);
  }

  @ParameterizedTest
  @CsvSource({
    // milliseconds of a frame and of the next one; none increases by a tick of 1/90000
    "40, 40",
    "40, 39",
    "0, 0"
  })
  void addFrame_timeDoesNotIncrease_isRefusedAndEncoderContinues(long first, long second)
      throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(variable().build());
      encoder.openFileLike(output, "mkv");
      stream.addFrame(at(0, first));

      assertThatThrownBy(() -> stream.addFrame(at(1, second)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("does not rise")
          .hasMessageContaining(Duration.ofMillis(second).toString());

      stream.addFrame(at(2, first + 100));
    }
    assertThat(MediaReader.read(output.toByteArray()).video(0).frames()).hasSize(2);
  }

  @Test
  void addFrame_timesWithinOneTick_isRefused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(variable().build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");
      stream.addFrame(Fixtures.movingFrame(0).withPts(Duration.ofNanos(1_000_000)));

      // a tick is 11,111 ns
      assertThatThrownBy(
              () -> stream.addFrame(Fixtures.movingFrame(1).withPts(Duration.ofNanos(1_004_000))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1/90000");
    }
  }

  @Test
  void addFrame_explicitTimeAtConstantRate_isRefusedWithAlternative() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(Fixtures.options(25).build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");

      assertThatThrownBy(() -> stream.addFrame(at(0, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("variableFrameRate(true)");
      assertThatThrownBy(
              () -> stream.addFrame(Fixtures.movingFrame(0).withDuration(Duration.ofMillis(40))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("variableFrameRate(true)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mpeg4, true, 30000, 1001, 1, 60000",
    "libvpx-vp9, true, 30000, 1001, 1, 90000",
    "mpeg4, false, 30000, 1001, 1001, 30000",
    "mpeg4, false, 25, 2, 2, 25",
    "mpeg2video, false, 24000, 1001, 1001, 24000",
    "mpeg2video, false, 25, 1, 1, 25",
    "mjpeg, false, 12, 1, 1, 12"
  })
  void timeBase_ofEachKindOfEncoder_isExact(
      String codec, boolean variable, int rate, int perSeconds, int numerator, int denominator)
      throws IOException {
    VideoOptions options =
        VideoOptions.builder(Fixtures.WIDTH, Fixtures.HEIGHT, new FrameRate(rate, perSeconds))
            .codec(codec)
            .variableFrameRate(variable)
            .build();

    List<Packet> packets = packets(options, 9);

    TimeBase unit = packets.get(0).stream().timeBase();
    assertThat(unit).isEqualTo(new TimeBase(numerator, denominator));
    long ticks = (long) denominator * perSeconds / ((long) rate * numerator);
    assertThat(packets.stream().map(Packet::pts).sorted())
        .containsExactlyElementsOf(LongStream.range(0, 9).map(i -> i * ticks).boxed().toList());
    assertThat(packets.stream().map(Packet::duration)).containsOnly(ticks);
  }

  @ParameterizedTest
  @ValueSource(doubles = {7.5, 15, 48, 50, 59.94, 60})
  void mpeg4_eachRate_isExactInMp4(double rate) throws IOException {
    VideoOptions options = Fixtures.options(rate).codec("mpeg4").build();

    ReadStream stream = MediaReader.read(Fixtures.encodeMoving(options, "mp4", 12)).video(0);

    FrameRate exact = FrameRate.of(rate);
    List<Duration> wanted =
        LongStream.range(0, 12)
            .mapToObj(i -> new TimeBase(exact.denominator(), exact.numerator()).toDuration(i))
            .toList();
    assertThat(stream.framePts().stream().map(stream.timeBase()::toDuration)).isEqualTo(wanted);
    assertThat(stream.averageRate())
        .isEqualTo(new Rational(exact.numerator(), exact.denominator()));
  }

  private static VideoOptions.Builder variable() {
    return Fixtures.options(25).variableFrameRate(true);
  }

  private static VideoFrame at(int index, long millis) {
    return Fixtures.movingFrame(index).withPts(Duration.ofMillis(millis));
  }

  private static byte[] encodeAt(List<Long> millis, Duration last, String container)
      throws IOException {
    return encodeAt(variable().build(), millis, last, container);
  }

  private static byte[] encodeAt(
      VideoOptions options, List<Long> millis, Duration last, String container) throws IOException {
    VideoFrame[] frames = new VideoFrame[millis.size()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = at(i, millis.get(i));
    }
    frames[frames.length - 1] = frames[frames.length - 1].withDuration(last);
    return Fixtures.encode(options, container, frames);
  }

  /**
   * Returns the bytes after the name of the last box with it: a crash-safe file has its first index
   * inside the media data.
   */
  private static ByteBuffer box(byte[] file, String name) {
    int at = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf(name);
    return ByteBuffer.wrap(file, at + 4, file.length - at - 4).slice();
  }

  /** Returns the presentation times of the frames, relative to the first. */
  private static List<Long> shownMillis(ReadStream stream) {
    long first = stream.framePts().get(0);
    return stream.framePts().stream()
        .map(pts -> stream.timeBase().toDuration(pts - first).toMillis())
        .toList();
  }

  private static List<Packet> packets(VideoOptions options, int frames) throws IOException {
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openPackets(packets::add);
      Fixtures.addMoving(stream, 0, frames);
    }
    packets.sort(Comparator.comparingLong(Packet::pts));
    return packets;
  }
}
