package io.reelmux.ffmpeg.rate;

import static io.reelmux.ffmpeg.rate.RateControlTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.PixelLayout;
import io.reelmux.Speed;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.testing.media.MediaReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where key frames are, and whether decoding can start at them. */
class KeyFramesTest {

  private static void assumeBuildHas(String codec) {
    assumeTrue(Clip.gpl() || !codec.startsWith("libx26"));
  }

  @ParameterizedTest
  @MethodSource("io.reelmux.ffmpeg.rate.Clip#encoders")
  void withKeyFrame_isAKeyFrame(String codec) throws IOException {
    Clip.Encoded clip =
        Clip.encode(Clip.options(codec).gop(40).build(), 30, Set.of(13), (stream, number) -> {});

    assertThat(clip.keys()).contains(0, 13);
    assertThat(clip.packets()).hasSize(30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gif", "ffv1"})
  void withKeyFrame_notHonored_refused(String codec) throws IOException {
    Clip.Encoded clip =
        Clip.encode(
            Clip.options(codec).build(),
            5,
            Set.of(),
            (stream, number) -> {
              if (number > 0) {
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> stream.addFrame(Clip.frame(9).withKeyFrame()))
                    .withMessageContaining("withKeyFrame: " + codec + " decides on its own");
              }
            });

    assertThat(clip.packets()).hasSize(5);
  }

  @Test
  void gop_notHonored_refused() {
    refused(Clip.options("gif").gop(5).build())
        .withMessageContaining("gop 5: gif decides on its own where key frames are");
    refused(Clip.options("mpeg4").gop(601).build())
        .withMessageContaining("gop 601: mpeg4 accepts at most 600 frames");
    refused(Clip.options("mpeg2video").keyInterval(Duration.ofSeconds(30)).build())
        .withMessageContaining("keyInterval PT30S, which is 750 frames: mpeg2video accepts at most")
        .withMessageContaining("600");
  }

  @ParameterizedTest
  @CsvSource({"libsvtav1", "libvpx-vp9", "mpeg4", "ffv1", "libx264"})
  void keyInterval_constantFrameRate_isThatManyFrames(String codec) throws IOException {
    assumeBuildHas(codec);
    VideoOptions options = Clip.options(codec).keyInterval(Duration.ofMillis(480)).build();

    assertThat(Clip.encode(options, 40).keys()).containsExactly(0, 12, 24, 36);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpeg4", "libvpx-vp9", "libsvtav1", "libx264"})
  void keyInterval_variableFrameRate_isTheFirstFrameAtEachMultiple(String codec)
      throws IOException {
    assumeBuildHas(codec);
    VideoOptions options =
        Clip.options(codec).variableFrameRate(true).keyInterval(Duration.ofSeconds(1)).build();
    long[] millis = {0, 300, 999, 1000, 1400, 2100, 2200, 5500, 5999, 6000};
    List<Packet> packets = new ArrayList<>();

    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openPackets(packets::add);
      for (int n = 0; n < millis.length; n++) {
        stream.addFrame(Clip.frame(n).withPts(Duration.ofMillis(millis[n])));
      }
    }

    assertThat(keyTimes(packets, 0))
        .isEqualTo(Stream.of(0, 1000, 2100, 5500, 6000).map(Duration::ofMillis).toList());
  }

  static Stream<String> withReordering() {
    Stream<String> both = Stream.of("mpeg2video:m2v", "mpeg4:m4v", "libsvtav1:obu");
    Stream<String> gpl = Stream.of("libx264:h264", "libx265:hevc");
    return Clip.gpl() ? Stream.concat(gpl, both) : both;
  }

  /** Decodes all, and again from the third key frame on: the same frames come out. */
  @ParameterizedTest
  @MethodSource("withReordering")
  void gop_isClosed(String codecAndExtension, @TempDir Path folder) throws IOException {
    String codec = codecAndExtension.replaceFirst(":.*", "");
    Path file = folder.resolve("clip." + codecAndExtension.replaceFirst(".*:", ""));
    VideoOptions.Builder options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE).codec(codec).gop(12);
    if (!codec.equals("libsvtav1")) {
      options.maxBFrames(2);
    }

    Clip.Encoded clip = Clip.encode(options.build(), 50);

    List<Packet> packets = clip.packets();
    int third =
        IntStream.range(1, packets.size()).filter(i -> packets.get(i).keyFrame()).toArray()[1];
    List<Long> all = decode(packets, file);
    List<Long> rest = decode(packets.subList(third, packets.size()), file);
    assertThat(all).hasSize(50);
    assertThat(rest)
        .hasSize(50 - clip.keys().get(2))
        .isEqualTo(all.subList(clip.keys().get(2), 50));
  }

  private static List<Long> decode(List<Packet> packets, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Packet packet : packets) {
      byte[] data = new byte[packet.data().remaining()];
      packet.data().duplicate().get(data);
      bytes.write(data);
    }
    Files.write(file, bytes.toByteArray());
    return MediaReader.read(file).video(0).checksums();
  }

  /** x265 marks the first frame of an open GOP as CRA, a NAL unit of type 21. */
  @Test
  void openGop_ofX265_isOpen() throws IOException {
    assumeTrue(Clip.gpl());
    VideoOptions.Builder options =
        VideoOptions.builder(Clip.WIDTH, Clip.HEIGHT, Clip.RATE).codec("libx265").gop(12);

    assertThat(nalTypes(Clip.encode(options.build(), 50))).doesNotContain(21, 8, 9);
    assertThat(nalTypes(Clip.encode(options.openGop(true).build(), 50))).contains(21);
  }

  private static List<Integer> nalTypes(Clip.Encoded clip) {
    List<Integer> types = new ArrayList<>();
    for (Packet packet : clip.packets()) {
      for (int i = 0; i + 3 < packet.data().remaining(); i++) {
        if (packet.data().getInt(i) >>> 8 == 1) {
          types.add(packet.data().get(i + 3) >> 1 & 0x3F);
        }
      }
    }
    return types;
  }

  @Test
  void openGop_ofEncoderWithout_refusedNamingThoseWith() {
    refused(Clip.options("libvpx-vp9").openGop(true).build())
        .withMessageContaining("openGop: libvpx-vp9 has none; these have: libsvtav1, libx264");
  }

  @ParameterizedTest
  @ValueSource(strings = {"libsvtav1", "libvpx-vp9", "libvpx", "libopenh264", "mjpeg", "gif"})
  void maxBFrames_ofEncoderWithout_refused(String codec) {
    refused(Clip.options(codec).maxBFrames(2).build())
        .withMessageContaining("maxBFrames 2: " + codec + " does not support B-frames");
  }

  @Test
  void threads_ofEncoderWithout_refused() {
    refused(Clip.options("gif").threads(2).build())
        .withMessageContaining("threads 2: gif has no threads");
  }

  /**
   * Two encoders, sizes and frame rates; frames that differ much, where encoders add key frames.
   */
  @ParameterizedTest
  @CsvSource({
    "mpeg4, libvpx-vp9",
    "libsvtav1, libvpx",
    "libx264, libx265",
    "mpeg2video, libaom-av1",
  })
  void keyFramesEvery_areAtTheSameTimes(String first, String second) throws IOException {
    assumeBuildHas(first);
    List<Packet> packets = new ArrayList<>();
    Duration grid = Duration.ofMillis(1200);
    VideoOptions.Builder small =
        VideoOptions.builder(64, 64, 50).codec(second).outputSize(96, 96).keyFramesEvery(grid);
    VideoOptions.Builder large = Clip.options(first).keyFramesEvery(grid);
    if (first.equals("mpeg2video")) {
      large.maxBFrames(2);
    }

    try (Encoder encoder = Encoder.create()) {
      VideoStream one = encoder.addVideo(large.build());
      VideoStream two = encoder.addVideo(small.build());
      encoder.openPackets(packets::add);
      for (int n = 0; n < 80; n++) {
        one.addFrame(n / 10 % 2 == 0 ? Clip.frame(n) : flat(Clip.WIDTH, Clip.HEIGHT, n));
        two.addFrame(flat(64, 64, n / 10 % 2 == 0 ? 20 : 200));
        two.addFrame(flat(64, 64, n));
      }
    }

    List<Duration> expected = Stream.of(0, 1200, 2400).map(Duration::ofMillis).toList();
    assertThat(keyTimes(packets, 0)).isEqualTo(expected);
    assertThat(keyTimes(packets, 1)).isEqualTo(expected);
  }

  @Test
  void extraKeyFrames_areAddedToThoseOfTheGrid() throws IOException {
    List<Packet> packets = new ArrayList<>();
    Duration grid = Duration.ofMillis(1200);
    VideoOptions.Builder options =
        Clip.options("libopenh264").keyFramesEvery(grid).extraKeyFrames(true);

    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options.build());
      encoder.openPackets(packets::add);
      for (int n = 0; n < 80; n++) {
        video.addFrame(n / 10 % 2 == 0 ? Clip.frame(n) : flat(Clip.WIDTH, Clip.HEIGHT, n));
      }
    }

    assertThat(keyTimes(packets, 0))
        .contains(Duration.ZERO, grid, grid.multipliedBy(2))
        .hasSizeGreaterThan(3);
  }

  private static List<Duration> keyTimes(List<Packet> packets, int stream) {
    return packets.stream()
        .filter(packet -> packet.stream().index() == stream && packet.keyFrame())
        .map(Packet::time)
        .sorted()
        .toList();
  }

  private static VideoFrame flat(int width, int height, int gray) {
    byte[] i420 = new byte[width * height * 3 / 2];
    Arrays.fill(i420, (byte) (16 + gray % 200));
    return VideoFrame.of(PixelLayout.I420, width, height, i420);
  }

  /** Scenes change off the grid; 29.97 frames per second have no frame at most multiples. */
  @ParameterizedTest
  @CsvSource({
    "mpeg4, false", "libvpx-vp9, false", "libx264, false", "libx265, false", "libsvtav1, false",
    "mpeg4, true", "libvpx-vp9, true", "libx264, true", "libx265, true", "libsvtav1, true",
  })
  void keyFramesEvery_gridBetweenFrames_isTheFirstFrameAfterIt(String codec, boolean variable)
      throws IOException {
    assumeBuildHas(codec);
    List<Packet> packets = new ArrayList<>();
    VideoOptions options =
        VideoOptions.builder(96, 64, 29.97)
            .codec(codec)
            .keyFramesEvery(Duration.ofSeconds(1))
            .variableFrameRate(variable)
            .build();

    try (Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(options);
      encoder.openPackets(packets::add);
      for (int n = 0; n < 100; n++) {
        stream.addFrame(flat(96, 64, n / 7 % 2 == 0 ? 20 : 200));
      }
    }

    assertThat(keyTimes(packets, 0).stream().map(time -> Math.round(time.toNanos() * 29.97e-9)))
        .containsExactly(0L, 30L, 60L, 90L);
  }

  /** The nearest frame would be one before the multiple from the ninth multiple on. */
  @Test
  void keyFramesEvery_constantRate_isNeverBeforeTheMultiple() throws IOException {
    VideoOptions options =
        VideoOptions.builder(96, 64, 29.97)
            .codec("libvpx-vp9")
            .speed(Speed.FASTEST)
            .keyFramesEvery(Duration.ofMillis(250))
            .build();

    Clip.Encoded clip = Clip.encode(options, 100);

    // multiples of 7.4925 frames
    assertThat(clip.keys()).containsExactly(0, 8, 15, 23, 30, 38, 45, 53, 60, 68, 75, 83, 90, 98);
  }

  @Test
  void keyFramesEvery_encoderAddsKeyFrames_refused() {
    refused(Clip.options("libopenh264").keyFramesEvery(Duration.ofSeconds(2)).build())
        .withMessageContaining(
            "keyFramesEvery: libopenh264 decides on its own where key frames are")
        .withMessageEndingWith("; extraKeyFrames(true) accepts those that it adds");
  }

  @Test
  void keyFramesEvery_besideAnotherSetting_refused() {
    VideoOptions.Builder options = Clip.options("mpeg4").keyFramesEvery(Duration.ofSeconds(2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.gop(25).build())
        .withMessageContaining("keyFramesEvery says where all key frames are");
  }

  @Test
  void keyFramesEvery_markedElsewhere_refused() throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoOptions options = Clip.options("mpeg4").keyFramesEvery(Duration.ofMillis(400)).build();
      VideoStream stream = encoder.addVideo(options);
      encoder.openPackets(packet -> {});
      stream.addFrame(Clip.frame(0).withKeyFrame());

      assertThatIllegalArgumentException()
          .isThrownBy(() -> stream.addFrame(Clip.frame(1).withKeyFrame()))
          .withMessageContaining("withKeyFrame on frame 1: with keyFramesEvery");
    }
  }
}
