package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT2020;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT2020_NCL;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_SMPTE2084;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_B;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FFmpeg's NVENC encoders on the stand-in: the decoded frames equal the input. */
@RequiresStandin
class EncodersStandinTest {
  private static final int FRAMES = 14;

  /** How frames are coded, and which become key frames. */
  enum Mode {
    PLAIN(Map.of("bf", "0"), Set.of(), Set.of(0)),
    SHORT_GOP(Map.of("bf", "0", "g", "5"), Set.of(), Set.of(0, 5, 10)),
    B_FRAMES(Map.of("bf", "2"), Set.of(), Set.of(0)),
    FORCED_KEYS(Map.of("bf", "2", "forced-idr", "1"), Set.of(4, 9), Set.of(0, 4, 9)),
    LOOKAHEAD(Map.of("bf", "2", "rc-lookahead", "4"), Set.of(), Set.of(0));

    private final Map<String, String> options;
    private final Set<Integer> forced;
    private final Set<Integer> keys;

    Mode(Map<String, String> options, Set<Integer> forced, Set<Integer> keys) {
      this.options = options;
      this.forced = forced;
      this.keys = keys;
    }
  }

  static Stream<Object[]> cases() {
    int[][] sizes = {{64, 64}, {322, 182}, {65, 33}};
    return Stream.of("h264", "hevc", "av1")
        .flatMap(
            codec ->
                Stream.of(true, false)
                    .flatMap(
                        onDevice ->
                            Arrays.stream(sizes)
                                .flatMap(
                                    size ->
                                        Arrays.stream(Mode.values())
                                            .map(
                                                mode ->
                                                    new Object[] {
                                                      codec, onDevice, size[0], size[1], mode
                                                    }))));
  }

  @ParameterizedTest(name = "{0}, on device: {1}, {2}x{3}, {4}")
  @MethodSource("cases")
  void frames_allModes_decodeToTheInput(
      String codec, boolean onDevice, int width, int height, Mode mode) {
    Yuv[] frames = Yuv.series(width, height, 8, FRAMES);

    List<NvencEncoder.Packet> packets;
    try (FrameMemory memory = memory(onDevice, width, height, 8)) {
      packets = encode(codec, memory, frames, mode);
    }

    assertTimesAndKeys(packets, mode);
    assertSame(Decoded.of(decoderOf(codec), packets), frames);
  }

  @ParameterizedTest(name = "{0}, on device: {1}")
  @CsvSource({"hevc, true", "hevc, false", "av1, true", "av1, false"})
  void tenBitFrames_decodeToTheInput(String codec, boolean onDevice) {
    Yuv[] frames = Yuv.series(66, 50, 10, FRAMES);

    List<NvencEncoder.Packet> packets;
    try (FrameMemory memory = memory(onDevice, 66, 50, 10)) {
      packets = encode(codec, memory, frames, Mode.B_FRAMES);
    }

    assertSame(Decoded.of(decoderOf(codec), packets), frames);
  }

  @Test
  void h264WithBFrames_isDecodedByAnotherDecoder() {
    Yuv[] frames = Yuv.series(322, 182, 8, FRAMES);

    List<NvencEncoder.Packet> packets;
    try (FrameMemory memory = memory(true, 322, 182, 8)) {
      packets = encode("h264", memory, frames, Mode.B_FRAMES);
    }

    assertThat(Decoded.of("libopenh264", packets)).extracting(Decoded::frame).hasSize(FRAMES);
    assertSame(Decoded.of("libopenh264", packets), frames);
  }

  @Test
  void h264FrameTypes_areTheRequestedOnes() {
    Yuv[] frames = Yuv.series(64, 64, 8, 8);

    List<NvencEncoder.Packet> packets;
    try (FrameMemory memory = memory(false, 64, 64, 8)) {
      packets = encode("h264", memory, frames, Mode.B_FRAMES);
    }

    int i = AV_PICTURE_TYPE_I;
    int p = AV_PICTURE_TYPE_P;
    int b = AV_PICTURE_TYPE_B;
    assertThat(Decoded.of("h264", packets))
        .extracting(Decoded::type)
        .containsExactly(i, b, b, p, b, b, p, p);
  }

  @Test
  void options_areInTheJournal(Standin standin) {
    Map<String, String> options =
        Map.of("preset", "p6", "tune", "ll", "profile", "high", "b", "3000000", "rc", "cbr");

    try (FrameMemory memory = memory(true, 322, 182, 8);
        NvencEncoder encoder = new NvencEncoder("h264", memory, options)) {
      assertThat(standin.live()).containsEntry("session", "1");
      assertThat(encoder.finish()).isEmpty();
    }

    assertThat(standin.configurations())
        .singleElement()
        .satisfies(
            config ->
                assertThat(config)
                    .containsEntry("codec", "h264")
                    .containsEntry("size", "322x182")
                    .containsEntry("fps", "25/1")
                    .containsEntry("preset", "p6")
                    .containsEntry("tuning", "ll")
                    .containsEntry("profile", "high")
                    .containsEntry("bitrate", "3000000")
                    .containsEntry("rc", "cbr")
                    .containsEntry("sar", "1:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264", "hevc", "av1"})
  void colorAndAspectRatio_areInTheGlobalHeaders(String codec) {
    Yuv[] frames = Yuv.series(64, 64, 8, 3);

    byte[] headers;
    List<NvencEncoder.Packet> packets;
    try (FrameMemory memory = memory(true, 64, 64, 8);
        NvencEncoder encoder =
            new NvencEncoder(codec, memory, Map.of(), EncodersStandinTest::describe)) {
      packets = encode(encoder, memory, frames, Mode.PLAIN);
      headers = encoder.extradata();
    }

    assertThat(headers).isNotEmpty();
    assertThat(Decoded.of(decoderOf(codec), headers, packets))
        .hasSize(3)
        .allSatisfy(
            frame -> {
              assertThat(frame.primaries()).isEqualTo(AVCOL_PRI_BT2020);
              assertThat(frame.transfer()).isEqualTo(AVCOL_TRC_SMPTE2084);
              assertThat(frame.matrix()).isEqualTo(AVCOL_SPC_BT2020_NCL);
              assertThat(frame.range()).isEqualTo(AVCOL_RANGE_JPEG);
            });
    if (!codec.equals("av1")) {
      assertThat(Decoded.of(codec, headers, packets))
          .allMatch(frame -> frame.sarWidth() == 4 && frame.sarHeight() == 3);
      String first = new String(packets.get(0).bytes(), StandardCharsets.ISO_8859_1);
      assertThat(first).doesNotContain(new String(headers, StandardCharsets.ISO_8859_1));
    }
  }

  private static void describe(AVCodecContext context) {
    context
        .color_primaries(AVCOL_PRI_BT2020)
        .color_trc(AVCOL_TRC_SMPTE2084)
        .colorspace(AVCOL_SPC_BT2020_NCL)
        .color_range(AVCOL_RANGE_JPEG);
    context.sample_aspect_ratio().num(4).den(3);
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
  }

  @Test
  void sessionsInSeveralThreads_areIndependent() throws Exception {
    List<String> codecs = List.of("h264", "hevc", "av1", "h264");
    Yuv[] frames = Yuv.series(66, 34, 8, FRAMES);
    ExecutorService threads = Executors.newFixedThreadPool(codecs.size());
    try {
      List<Callable<List<NvencEncoder.Packet>>> jobs = new ArrayList<>();
      for (String codec : codecs) {
        jobs.add(
            () -> {
              try (FrameMemory memory = memory(true, 66, 34, 8)) {
                return encode(codec, memory, frames, Mode.B_FRAMES);
              }
            });
      }
      List<Future<List<NvencEncoder.Packet>>> streams = threads.invokeAll(jobs);
      for (int i = 0; i < codecs.size(); i++) {
        assertSame(Decoded.of(decoderOf(codecs.get(i)), streams.get(i).get()), frames);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** AVERROR codes, such as that of ENOSYS, to which FFmpeg maps the driver's codes. */
  @ParameterizedTest
  @CsvSource({
    "FAIL_OPEN, 2, -38, -542398533",
    "FAIL_OPEN, 1, -2, -542398533",
    "FAIL_OPEN_0, 2, -38, -542398533",
    "MAX_SESSIONS, 0, -12, -542398533",
    "NVENC_VERSION, 0xc2, -38, -38",
    "CODECS, hevc, -38, -542398533",
    "CAP_16, 32, -38, -542398533",
    "FAIL_INIT, 8, -22, -22",
    "FAIL_BITSTREAM_AT, 2, -12, -12",
    "CUINIT, 100, , -1313558101",
    "DEVICES, 0, , -542398533"
  })
  void open_driverFails_returnsTheExpectedCode(
      String key, String value, @Nullable Integer onDevice, int onHost, Standin standin) {
    standin.set(key, value);

    try (FrameMemory memory = memory(false, 64, 64, 8)) {
      assertOpeningFails(memory, onHost);
    }
    if (onDevice == null) { // no device to allocate frames on
      assertThatThrownBy(() -> memory(true, 64, 64, 8)).isInstanceOf(Av.Failure.class);
      return;
    }
    try (FrameMemory memory = memory(true, 64, 64, 8)) {
      // calls are counted across both
      standin.reset();
      standin.set(key, value);
      assertOpeningFails(memory, onDevice);
    }
  }

  private static void assertOpeningFails(FrameMemory memory, int code) {
    assertThatThrownBy(() -> new NvencEncoder("h264", memory, Map.of()))
        .isInstanceOfSatisfying(
            Av.Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({"FAIL_ENCODE_AT", "FAIL_LOCK_AT", "FAIL_REGISTER_AT", "FAIL_MAP_AT"})
  void failureMidway_leaksNothing(String key, Standin standin) {
    standin.set(key, 3);
    Yuv[] frames = Yuv.series(64, 64, 8, FRAMES);

    try (FrameMemory memory = memory(true, 64, 64, 8)) {
      assertThatThrownBy(() -> encode("h264", memory, frames, Mode.B_FRAMES))
          .isInstanceOf(Av.Failure.class);
    }
  }

  @Test
  void surfaceReusedTooEarly_showsTheWrongFrame() {
    Yuv[] frames = Yuv.series(64, 64, 8, FRAMES);

    List<NvencEncoder.Packet> packets;
    try (DeviceMemory memory = new DeviceMemory(64, 64, 8);
        NvencEncoder encoder = new NvencEncoder("h264", memory, Mode.PLAIN.options)) {
      AVFrame frame = memory.frame(frames[0]);
      for (int n = 0; n < frames.length; n++) {
        memory.put(frames[n], frame);
        encoder.write(frame, n, false);
      }
      av_frame_free(frame);
      packets = encoder.finish();
    }

    List<Decoded> decoded = Decoded.of("h264", packets);
    long wrong =
        IntStream.range(0, FRAMES)
            .filter(n -> !Arrays.equals(decoded.get(n).frame().luma(), frames[n].luma()))
            .count();
    assertThat(wrong).isGreaterThan(FRAMES / 2);
  }

  private static FrameMemory memory(boolean onDevice, int width, int height, int bits) {
    return onDevice ? new DeviceMemory(width, height, bits) : new HostMemory(width, height, bits);
  }

  private static List<NvencEncoder.Packet> encode(
      String codec, FrameMemory memory, Yuv[] frames, Mode mode) {
    try (NvencEncoder encoder = new NvencEncoder(codec, memory, mode.options)) {
      return encode(encoder, memory, frames, mode);
    }
  }

  private static List<NvencEncoder.Packet> encode(
      NvencEncoder encoder, FrameMemory memory, Yuv[] frames, Mode mode) {
    for (int n = 0; n < frames.length; n++) {
      AVFrame frame = memory.frame(frames[n]);
      try {
        encoder.write(frame, n, mode.forced.contains(n));
      } finally {
        av_frame_free(frame);
      }
    }
    return encoder.finish();
  }

  private static String decoderOf(String codec) {
    return codec.equals("av1") ? "libaom-av1" : codec;
  }

  private static void assertTimesAndKeys(List<NvencEncoder.Packet> packets, Mode mode) {
    assertThat(packets).hasSize(FRAMES).allMatch(packet -> packet.dts() <= packet.pts());
    assertThat(packets).extracting(NvencEncoder.Packet::dts).isSorted().doesNotHaveDuplicates();
    assertThat(packets)
        .extracting(NvencEncoder.Packet::pts)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, FRAMES).boxed().toList());
    assertThat(packets)
        .filteredOn(NvencEncoder.Packet::key)
        .extracting(packet -> (int) packet.pts())
        .containsExactlyInAnyOrderElementsOf(mode.keys);
  }

  /** Also compares sizes: the headers of H.264 and HEVC round them up to even ones. */
  private static void assertSame(List<Decoded> decoded, Yuv[] frames) {
    assertThat(decoded)
        .extracting(Decoded::pts)
        .containsExactlyElementsOf(LongStream.range(0, frames.length).boxed().toList());
    for (int n = 0; n < frames.length; n++) {
      Yuv expected = frames[n];
      Yuv actual = decoded.get(n).frame();
      assertThat(actual.width()).isIn(expected.width(), expected.chromaWidth());
      assertThat(actual.height()).isIn(expected.height(), expected.chromaHeight() * 2);
      assertThat(croppedLuma(actual, expected.width(), expected.height()))
          .as("luma of frame %d", n)
          .isEqualTo(expected.luma());
      assertThat(actual.chroma()).as("chroma of frame %d", n).isEqualTo(expected.chroma());
    }
  }

  private static short[] croppedLuma(Yuv frame, int width, int height) {
    short[] cropped = new short[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(frame.luma(), y * frame.width(), cropped, y * width, width);
    }
    return cropped;
  }
}
