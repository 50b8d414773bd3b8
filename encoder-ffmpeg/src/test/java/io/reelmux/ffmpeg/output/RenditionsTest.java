package io.reelmux.ffmpeg.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.Rendition;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import io.reelmux.Speed;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenditionsTest {
  private static final List<Rendition> THREE =
      List.of(
          Rendition.of("192", 192, 128), Rendition.of("144", 144, 96), Rendition.of("96", 96, 64));

  /** Scenes change every 7 frames, off the grid of 25. */
  @ParameterizedTest
  @ValueSource(strings = {"libx264", "libx265", "libsvtav1", "libvpx-vp9", "mpeg4"})
  void keyFrames_areExactlyOnTheGridInAll(String codec) throws IOException {
    assumeTrue("gpl".equals(System.getProperty("reelmux.natives")) || !codec.contains("x26"));
    List<Packet> packets = new ArrayList<>();
    VideoOptions.Builder source =
        VideoOptions.builder(192, 128, 25).codec(codec).keyFramesEvery(Duration.ofSeconds(1));
    if (!codec.equals("mpeg4")) {
      source.speed(Speed.FASTEST);
    }

    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(source.build(), THREE);
      encoder.openPackets(packets::add);
      for (int n = 0; n < 80; n++) {
        stream.addFrame(scene(n / 7));
      }
    }

    List<Duration> grid = Stream.of(0, 1, 2, 3).map(Duration::ofSeconds).toList();
    for (int i = 0; i < 3; i++) {
      int index = i;
      assertThat(packets.stream().filter(packet -> packet.stream().index() == index)).hasSize(80);
    }
    assertKeyFrames(packets, grid);
  }

  /** As a stream alone does; the length of the segments, or what divides the lengths of all. */
  @ParameterizedTest
  @CsvSource({"1000, 1000, 1000", "1500, 1500, 1500", "1500, 1000, 500", "3000, 3000, 3000"})
  void keyFrames_withoutASetting_areWhereSegmentsBegin(
      int first, int second, int grid, @TempDir Path directory) throws IOException {
    List<Packet> packets = new ArrayList<>();
    VideoOptions source =
        VideoOptions.builder(192, 128, 25).codec("libvpx-vp9").speed(Speed.FASTEST).build();

    EncodingResult result;
    try (Encoder encoder = Encoder.builder().packetListener(packets::add).build()) {
      VideoStream stream = encoder.addVideo(source, THREE);
      encoder.open(
          segments(directory.resolve("a"), first)
              .only(stream.rendition("192"), stream.rendition("96")),
          segments(directory.resolve("b"), second)
              .only(stream.rendition("144"), stream.rendition("96")));
      for (int n = 0; n < 100; n++) {
        stream.addFrame(scene(n / 7));
      }
      result = encoder.finish();
    }

    assertThat(result.notes()).noneMatch(note -> note.contains("key frame"));
    List<Duration> expected =
        Stream.iterate(0, time -> time < 4000, time -> time + grid)
            .map(Duration::ofMillis)
            .map(RenditionsTest::frameAtOrAfter)
            .toList();
    assertKeyFrames(packets, expected);
  }

  private static void assertKeyFrames(List<Packet> packets, List<Duration> expected) {
    for (int i = 0; i < 3; i++) {
      int index = i;
      assertThat(
              packets.stream()
                  .filter(packet -> packet.stream().index() == index && packet.keyFrame())
                  .map(Packet::time)
                  .sorted())
          .as("rendition %d", index)
          .isEqualTo(expected);
    }
  }

  private static Output segments(Path directory, int millis) {
    SegmentOptions options = SegmentOptions.dash(Duration.ofMillis(millis));
    return Output.segments(SegmentStore.directory(directory), options);
  }

  private static Duration frameAtOrAfter(Duration time) {
    return Duration.ofMillis((time.toMillis() + 39) / 40 * 40);
  }

  /** The same as three encoders that read the frames themselves, each to a file of its own. */
  @Test
  void eachRenditionIsWhatAnEncoderOfItsOwnMakes(@TempDir Path directory) throws IOException {
    VideoOptions source = VideoOptions.builder(192, 128, 25).codec("mpeg4").build();
    EncodingResult result;
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(source, THREE);
      encoder.open(
          Output.file(directory.resolve("192.mp4")).only(stream.rendition("192")),
          Output.file(directory.resolve("144.mp4")).only(stream.rendition("144")),
          Output.file(directory.resolve("96.mp4")).only(stream.rendition("96")));
      for (int n = 0; n < 60; n++) {
        stream.addFrame(moving(n));
      }
      result = encoder.finish();
    }

    assertThat(result.streams()).extracting(stream -> stream.width()).containsExactly(192, 144, 96);
    for (Rendition rendition : THREE) {
      Path alone = directory.resolve("alone.mp4");
      VideoOptions options =
          source.toBuilder()
              .outputSize(rendition.width(), rendition.height())
              .keyFramesEvery(Duration.ofSeconds(2))
              .build();
      try (Encoder encoder = Encoder.create()) {
        VideoStream stream = encoder.addVideo(options);
        encoder.openFile(alone);
        for (int n = 0; n < 60; n++) {
          stream.addFrame(moving(n));
        }
      }
      Path file = directory.resolve(rendition.name() + ".mp4");
      assertThat(MediaReader.read(file).video(0).checksums())
          .hasSize(60)
          .isEqualTo(MediaReader.read(alone).video(0).checksums());
    }
  }

  /** The memory changes while the frame object stays the same. */
  @Test
  void frameObjectIsReused_itsMemoryIsReadAgain() throws IOException {
    byte[] memory = new byte[192 * 128 * 3 / 2];
    VideoFrame frame = VideoFrame.of(PixelLayout.I420, 192, 128, memory);
    List<Packet> packets = new ArrayList<>();
    try (Encoder encoder = Encoder.create()) {
      VideoStream stream =
          encoder.addVideo(
              VideoOptions.builder(192, 128, 25).codec("mpeg4").build(),
              List.of(Rendition.of("a", 192, 128), Rendition.of("b", 96, 64)));
      encoder.openPackets(packets::add);
      Arrays.fill(memory, (byte) 128);
      stream.addFrame(frame);
      System.arraycopy(bytes(3), 0, memory, 0, memory.length);
      stream.addFrame(frame);
    }

    assertThat(packets).hasSize(4);
    // a second frame like the first would be empty
    assertThat(packets.subList(2, 4))
        .allSatisfy(packet -> assertThat(packet.size()).isGreaterThan(60));
  }

  @Test
  void openH264_addsKeyFramesOfItsOwn_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(VideoOptions.builder(192, 128, 25).codec("libopenh264").build(), THREE);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.openPackets(packet -> {}))
          .withMessageContaining("keyFramesEvery: libopenh264 decides on its own");
      encoder.cancel();
    }
  }

  @Test
  void renditionsThatCannotBe_refused() throws IOException {
    VideoOptions source = VideoOptions.of(192, 128, 25);
    try (Encoder encoder = Encoder.create()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.addVideo(source, List.of()))
          .withMessageContaining("no renditions");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  encoder.addVideo(
                      source, List.of(Rendition.of("a", 96, 64), Rendition.of("a", 48, 32))))
          .withMessageContaining("two renditions are named 'a'");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  encoder.addVideo(
                      source.toBuilder().gop(10).build(), List.of(Rendition.of("a", 96, 64))))
          .withMessageContaining("set keyFramesEvery instead of gop");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  encoder.addVideo(
                      source.toBuilder().openGop(true).build(), List.of(Rendition.of("a", 96, 64))))
          .withMessageContaining("renditions have closed GOPs");
      List<UnaryOperator<VideoOptions.Builder>> changes =
          List.of(
              options -> options.gop(10),
              options -> options.keyInterval(Duration.ofSeconds(1)),
              options -> options.keyFramesEvery(Duration.ofSeconds(1)),
              options -> options.openGop(true));
      for (UnaryOperator<VideoOptions.Builder> change : changes) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> encoder.addVideo(source, List.of(new Rendition("a", 96, 64, change))))
            .withMessageContaining("or the key frames; these are set in the options of the source");
      }
      encoder.cancel();
    }
  }

  private static VideoFrame scene(int number) {
    byte[] i420 = new byte[192 * 128 * 3 / 2];
    Arrays.fill(i420, (byte) (number % 2 == 0 ? 30 + number : 200 - number));
    return VideoFrame.of(PixelLayout.I420, 192, 128, i420);
  }

  private static VideoFrame moving(int number) {
    return VideoFrame.of(PixelLayout.I420, 192, 128, bytes(number));
  }

  private static byte[] bytes(int number) {
    byte[] i420 = new byte[192 * 128 * 3 / 2];
    for (int i = 0; i < i420.length; i++) {
      i420[i] = (byte) (i < 192 * 128 ? 40 + (i % 192 + i / 192 * 3 + 5 * number) % 160 : 128);
    }
    return i420;
  }
}
