package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoFrames;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.Media;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row strides and times of {@link VideoFrames}. */
class FrameBatchTest {
  private static final int COUNT = 4;
  private static final int WIDTH = 34;
  private static final int HEIGHT = 18;

  @ParameterizedTest
  @EnumSource(
      value = PixelLayout.class,
      names = {"RGB24", "RGB_PLANAR", "BGRA", "GRAY8", "NV12", "I420", "I444"})
  void of_strides_skipsThePadding(PixelLayout layout) throws IOException {
    int[] strides = new int[layout.planeCount()];
    int padded = 0;
    for (int plane = 0; plane < strides.length; plane++) {
      strides[plane] = layout.rowBytes(plane, WIDTH) + 6 + plane;
      padded += strides[plane] * layout.planeHeight(plane, HEIGHT);
    }
    int packed = (int) layout.frameBytes(WIDTH, HEIGHT);
    byte[] pixels = Fixtures.noise(COUNT * packed, 1);
    byte[] rows = Fixtures.noise(COUNT * padded, 2);
    VideoFrame[] single = new VideoFrame[COUNT];
    int at = 0;
    int from = 0;
    for (int i = 0; i < COUNT; i++) {
      single[i] = VideoFrame.of(layout, WIDTH, HEIGHT, ByteBuffer.wrap(pixels, i * packed, packed));
      for (int plane = 0; plane < strides.length; plane++) {
        int rowBytes = layout.rowBytes(plane, WIDTH);
        for (int y = 0; y < layout.planeHeight(plane, HEIGHT); y++) {
          System.arraycopy(pixels, from, rows, at, rowBytes);
          from += rowBytes;
          at += strides[plane];
        }
      }
    }
    VideoOptions options = VideoOptions.builder(WIDTH, HEIGHT, 25).codec("ffv1").build();

    ReadStream batch = encode(options, VideoFrames.of(layout, WIDTH, HEIGHT, rows, strides));

    ReadStream one = MediaReader.read(Fixtures.encode(options, "mkv", single)).video(0);
    assertThat(batch.checksums()).isEqualTo(one.checksums()).hasSize(COUNT);
    assertThat(batch.framePts()).isEqualTo(one.framePts());
  }

  @Test
  void withPts_list_isEachFramesTime() throws IOException {
    List<Duration> times = millis(0, 40, 100, 101);

    ReadStream stream = encode(variable(), gray().withPts(times));

    assertThat(shown(stream)).isEqualTo(times);
  }

  @Test
  void withPts_startAndStep_spacesTheFrames() throws IOException {
    ReadStream stream =
        encode(variable(), gray().withPts(Duration.ofMillis(20), Duration.ofMillis(70)));

    assertThat(shown(stream)).isEqualTo(millis(0, 70, 140, 210));
  }

  @Test
  void withDuration_noPts_spacesTheFramesAndHoldsTheLast() throws IOException {
    Media media =
        MediaReader.read(encodeFile(variable(), gray().withDuration(Duration.ofMillis(90))));

    assertThat(shown(media.video(0))).isEqualTo(millis(0, 90, 180, 270));
    assertThat(media.durationMicros()).isEqualTo(360_000);
  }

  @Test
  void addFrames_timesWithConstantFrameRate_throws() throws IOException {
    assertTimesRefused(frames -> frames.withPts(Duration.ZERO));
    assertTimesRefused(frames -> frames.withPts(millis(0, 40, 80, 120)));
    assertTimesRefused(frames -> frames.withPts(Duration.ZERO, Duration.ofMillis(40)));
    assertTimesRefused(frames -> frames.withDuration(Duration.ofMillis(40)));
  }

  private static void assertTimesRefused(UnaryOperator<VideoFrames> times) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream =
          encoder.addVideo(VideoOptions.builder(WIDTH, HEIGHT, 25).codec("ffv1").build());
      encoder.openFileLike(new ByteArrayOutput(), "mkv");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> stream.addFrames(times.apply(gray())))
          .withMessage(
              "the frame has a time of its own, but the stream has a constant frame rate: set"
                  + " VideoOptions.variableFrameRate(true)");
    }
  }

  @Test
  void addFrames_timesThatDoNotRise_throwsAndKeepsThePrecedingFrames() throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(variable());
      encoder.openFileLike(output, "mkv");

      assertThatIllegalArgumentException()
          .isThrownBy(() -> stream.addFrames(gray().withPts(millis(0, 40, 40, 80))))
          .withMessageContaining("pts PT0.04S does not rise");
    }

    assertThat(MediaReader.read(output.toByteArray()).video(0).frames()).hasSize(2);
  }

  private static VideoOptions variable() {
    return VideoOptions.builder(WIDTH, HEIGHT, 25).codec("ffv1").variableFrameRate(true).build();
  }

  private static VideoFrames gray() {
    return VideoFrames.of(
        PixelLayout.GRAY8, WIDTH, HEIGHT, Fixtures.noise(COUNT * WIDTH * HEIGHT, 3));
  }

  private static List<Duration> millis(long... values) {
    return Arrays.stream(values).mapToObj(Duration::ofMillis).toList();
  }

  private static List<Duration> shown(ReadStream stream) {
    long first = stream.framePts().get(0);
    return stream.framePts().stream()
        .map(pts -> stream.timeBase().toDuration(pts - first))
        .toList();
  }

  private static ReadStream encode(VideoOptions options, VideoFrames frames) throws IOException {
    return MediaReader.read(encodeFile(options, frames)).video(0);
  }

  private static byte[] encodeFile(VideoOptions options, VideoFrames frames) throws IOException {
    ByteArrayOutput output = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openFileLike(output, "mkv");
      stream.addFrames(frames);
    }
    return output.toByteArray();
  }
}
