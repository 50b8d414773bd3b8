package io.reelmux.reader.ffmpeg.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.Device;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.reader.FrameBatch;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReadFrame;
import io.reelmux.reader.ToneMap;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.reader.ffmpeg.gpu.Footage.Kind;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that the stand-in decodes, copied into Java memory. */
@RequiresStandin
@ExtendWith(LeakCheck.class)
class GpuDecodingStandinTest {
  private static final Device GPU = Device.cuda();

  @TempDir private static Path folder;

  @BeforeAll
  static void loadDecoder() {
    Standin.load().loadDecoder();
  }

  static Stream<Arguments> files() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of("mp4", "mkv", "ts").map(type -> Arguments.of(kind, type)));
  }

  private static Path file(Kind kind, String type) throws Exception {
    return Footage.encode(kind, folder.resolve(kind + "." + type));
  }

  private static VideoOutput onGpu(PixelLayout layout) {
    return VideoOutput.of(layout).device(GPU);
  }

  @ParameterizedTest
  @MethodSource("files")
  void frame_inAnyOrder_isTheFrameThatWasEncoded(Kind kind, String type) throws Exception {
    List<ByteBuffer> expected = Footage.frames(kind);
    List<Integer> order = new ArrayList<>(IntStream.range(0, Footage.COUNT).boxed().toList());
    Collections.shuffle(order, new Random(1));
    List<Integer> backward =
        IntStream.range(0, Footage.COUNT).map(i -> Footage.COUNT - 1 - i).boxed().toList();

    try (MediaReader media = MediaReader.open(file(kind, type));
        VideoReader reader = media.video(onGpu(kind.layout()))) {
      assertThat(reader.frameCount()).isEqualTo(Footage.COUNT);
      for (List<Integer> numbers : List.of(order, backward)) {
        for (int n : numbers) {
          assertThat(reader.frame(n).pixels()).as("frame %d", n).isEqualTo(expected.get(n));
        }
      }
      FrameCursor cursor = reader.cursor();
      for (ByteBuffer frame : expected) {
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.frame().pixels()).isEqualTo(frame);
      }
      assertThat(cursor.next()).isFalse();
      assertThat(reader.device()).isEqualTo(GPU);
      assertThat(reader.report().notes()).isEmpty();
      assertThat(reader.report().failedPackets()).isZero();
    }
  }

  @Test
  void open_h264_decodesOnTheGpu(Standin standin) throws Exception {
    try (MediaReader media = MediaReader.open(file(Kind.H264, "mp4"));
        VideoReader reader = media.video(onGpu(PixelLayout.NV12))) {
      assertThat(standin.live()).containsEntry("decoder", "1");
      assertThat(reader.frame(3).time()).hasMillis(120);
    }
    // the index is made on the CPU
    assertThat(standin.journal("nvdec create ")).hasSize(1);
    assertThat(standin.live()).containsEntry("decoder", "0");
  }

  static Stream<VideoOutput> outputs() {
    return Stream.of(
        VideoOutput.source(),
        VideoOutput.of(PixelLayout.RGB24),
        VideoOutput.of(PixelLayout.BGR24),
        VideoOutput.of(PixelLayout.NV12),
        VideoOutput.of(PixelLayout.P010),
        VideoOutput.of(PixelLayout.I420),
        VideoOutput.of(PixelLayout.RGB_PLANAR_F32),
        VideoOutput.of(PixelLayout.RGB24).size(64, 48, Fit.STRETCH),
        VideoOutput.source().crop(3, 5, 40, 30),
        VideoOutput.of(PixelLayout.RGB24).filter("hflip"),
        VideoOutput.source().toSdr(ToneMap.CLIP));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void frames_inAnyOutput_areThoseOfTheCpu(VideoOutput output) throws Exception {
    for (Kind kind : Kind.values()) {
      try (MediaReader media = MediaReader.open(file(kind, "mp4"));
          VideoReader cpu = media.video(output);
          VideoReader gpu = media.video(output.device(GPU))) {
        FrameBatch expected = cpu.framesAt(0, 17, 5);
        FrameBatch actual = gpu.framesAt(0, 17, 5);

        assertThat(gpu.layout()).isEqualTo(cpu.layout());
        assertThat(actual.data()).as("%s", kind).isEqualTo(expected.data());
        assertThat(gpu.device()).isEqualTo(GPU);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void frames_whatIsKnownOfThem_isThatOfTheCpu(Kind kind) throws Exception {
    try (MediaReader media = MediaReader.open(file(kind, "mkv"));
        VideoReader cpu = media.video();
        VideoReader gpu = media.video(onGpu(PixelLayout.RGB24))) {
      List<String> expected = new ArrayList<>();
      cpu.frames().forEach(frame -> expected.add(facts(frame)));
      List<String> actual = new ArrayList<>();
      gpu.frames().forEach(frame -> actual.add(facts(frame)));

      assertThat(actual).isEqualTo(expected).hasSize(Footage.COUNT);
    }
  }

  private static String facts(ReadFrame frame) {
    return frame + " " + frame.pts() + " " + frame.duration();
  }

  @Test
  void cursor_keyFramesOnly_decodesTheseOnTheGpu() throws Exception {
    List<ByteBuffer> expected = Footage.frames(Kind.H264);
    try (MediaReader media = MediaReader.open(file(Kind.H264, "mp4"));
        VideoReader reader = media.video(onGpu(PixelLayout.NV12))) {
      FrameCursor cursor = reader.cursor();
      cursor.keyFramesOnly(true);
      List<Long> keys = new ArrayList<>();
      while (cursor.next()) {
        keys.add(cursor.frame().index());
        assertThat(cursor.frame().pixels()).isEqualTo(expected.get((int) cursor.frame().index()));
      }
      assertThat(keys).containsExactly(0L, 12L, 24L);
    }
  }
}
