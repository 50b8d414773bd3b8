package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.Packet;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cuda.standin.Footage.Source;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.media.MediaReader;
import io.reelmux.testing.media.ReadStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every codec, frame source, size and coding mode through the public API: the decoded frames are,
 * bit for bit, what the conversion must pass to the encoder.
 */
@RequiresStandin
class EncodeMatrixStandinTest {

  /** How a stream is coded, and which frames are forced to be key frames. */
  enum Mode {
    NO_B_FRAMES(0, 0, Set.of()),
    B_FRAMES(2, 0, Set.of()),
    LOOKAHEAD(2, 4, Set.of()),
    FORCED_KEYS(2, 0, Set.of(1, 4));

    private final int bFrames;
    private final int lookahead;
    private final Set<Integer> keys;

    Mode(int bFrames, int lookahead, Set<Integer> keys) {
      this.bFrames = bFrames;
      this.lookahead = lookahead;
      this.keys = keys;
    }

    VideoOptions options(VideoOptions.Builder options) {
      options.maxBFrames(bFrames);
      return (lookahead > 0 ? options.option("rc-lookahead", Integer.toString(lookahead)) : options)
          .build();
    }
  }

  static Stream<Arguments> rows() {
    int[][] sizes = {{64, 64, 6}, {322, 182, 6}, {1920, 1080, 3}};
    return Stream.of("h264", "hevc", "av1")
        .flatMap(
            codec ->
                Arrays.stream(sizes)
                    .flatMap(
                        size ->
                            Arrays.stream(Source.values())
                                .flatMap(
                                    source ->
                                        Arrays.stream(Mode.values())
                                            .map(
                                                mode ->
                                                    Arguments.of(
                                                        codec, source, size[0], size[1], size[2],
                                                        mode)))));
  }

  @ParameterizedTest(name = "{0}, {1} {2}x{3}, {5}")
  @MethodSource("rows")
  void frames_allModes_decodeBitForBit(
      String codec, Source source, int width, int height, int count, Mode mode) throws IOException {
    Footage footage = Footage.of(source, width, height, count);

    List<Packet> packets = footage.encode(mode.options(footage.options().codec(codec)), mode.keys);

    assertTimes(packets, count);
    assertThat(packets.stream().filter(Packet::keyFrame).map(p -> (int) p.pts()))
        .containsExactlyInAnyOrderElementsOf(keys(mode, count));
    boolean reordered = !packets.stream().map(Packet::pts).sorted().toList().equals(pts(packets));
    assertThat(reordered).as("coded out of order").isEqualTo(reorders(codec, mode, count));
    assertFrames(codec, packets, footage);
  }

  private static List<Integer> keys(Mode mode, int count) {
    return Stream.concat(Stream.of(0), mode.keys.stream().filter(n -> n < count)).toList();
  }

  /**
   * Whether packets are reordered. AV1 reorders inside packets, and of three frames with a key
   * frame in the middle none can be a B-frame.
   */
  private static boolean reorders(String codec, Mode mode, int count) {
    return !codec.equals("av1") && mode.bFrames > 0 && (mode.keys.isEmpty() || count > 3);
  }

  private static List<Long> pts(List<Packet> packets) {
    return packets.stream().map(Packet::pts).toList();
  }

  private static void assertTimes(List<Packet> packets, int count) {
    assertThat(packets).hasSize(count);
    assertThat(packets).extracting(Packet::dts).isSorted().doesNotHaveDuplicates();
    assertThat(packets).allMatch(packet -> packet.dts() <= packet.pts());
    assertThat(packets).allMatch(packet -> packet.duration() == 1);
    assertThat(packets)
        .extracting(Packet::pts)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, count).boxed().toList());
  }

  /** The decoder gets neither size nor colors: they come from the stream's own headers. */
  private static void assertFrames(String codec, List<Packet> packets, Footage footage) {
    List<Decoded> decoded = Decoded.ofPackets(codec.equals("av1") ? "libaom-av1" : codec, packets);
    assertThat(decoded).hasSize(footage.count());
    for (int n = 0; n < footage.count(); n++) {
      Yuv frame = decoded.get(n).frame();
      assertThat(decoded.get(n).pts()).isEqualTo(n);
      assertThat(frame.width()).isEqualTo(footage.codedWidth());
      assertThat(frame.height()).isEqualTo(footage.codedHeight());
      int different = Arrays.mismatch(Gpu.bytes(new Yuv[] {frame}), footage.expected()[n]);
      assertThat(different).as("first byte of frame %d that differs", n).isEqualTo(-1);
    }
  }

  static Stream<Arguments> oddSizes() {
    return Stream.of("h264", "hevc", "av1")
        .flatMap(
            codec ->
                Stream.of(
                    Arguments.of(codec, 65, 33, "66, 34"),
                    Arguments.of(codec, 65, 64, "66, 64"),
                    Arguments.of(codec, 1920, 1079, "1920, 1080")));
  }

  @ParameterizedTest(name = "{0} {1}x{2}")
  @MethodSource("oddSizes")
  void open_oddSize_throwsAndLeavesTheDestinationUntouched(
      String codec, int width, int height, String even, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp4"), "as it was");
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = Encoder.create()) {
      encoder.addVideo(
          VideoOptions.builder(width, height, 25).device(Device.cuda(0)).codec(codec).build());

      for (boolean toFile : new boolean[] {true, false}) {
        assertThatThrownBy(
                () -> {
                  if (toFile) {
                    encoder.openFile(file);
                  } else {
                    encoder.openFileLike(out, "mp4");
                  }
                })
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("needs even dimensions, not %dx%d", width, height)
            .hasMessageContaining("scale with outputSize(%s)", even)
            .hasMessageContaining("crop or pad frames in device memory to an even size");
      }
    }

    assertThat(file).hasContent("as it was");
    assertThat(out.toByteArray()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264", "hevc", "av1"})
  void oddHostFrames_scaledAsSuggested_areEncoded(String codec) throws IOException {
    Footage footage = Footage.scaled(65, 33, 66, 34, 4);

    List<Packet> packets =
        footage.encode(
            footage.options().codec(codec).outputSize(66, 34).maxBFrames(2).build(), Set.of());

    assertTimes(packets, 4);
    assertFrames(codec, packets, footage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264", "hevc", "av1"})
  void rawStream_sizeNotMultipleOf16_isCroppedByItsHeaders(String codec) throws IOException {
    Footage footage = Footage.of(Source.DEVICE_RGB24, 322, 182, 6);
    ByteArrayOutput out = new ByteArrayOutput();
    try (Gpu gpu = new Gpu(footage.joined());
        Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(footage.options().codec(codec).maxBFrames(2).build());
      encoder.openFileLike(out, codec.equals("av1") ? "obu" : codec);
      footage.add(video, gpu, Set.of());
      encoder.finish();
    }

    ReadStream stream = MediaReader.read(out.toByteArray(), Map.of("av1", "libaom-av1")).video(0);

    assertThat(stream.codec()).isEqualTo(codec);
    assertThat(Map.of(stream.width(), stream.height())).isEqualTo(Map.of(322, 182));
    assertThat(stream.nv12()).hasDimensions(6, footage.expected()[0].length);
    assertThat(stream.nv12()).isDeepEqualTo(footage.expected());
  }
}
