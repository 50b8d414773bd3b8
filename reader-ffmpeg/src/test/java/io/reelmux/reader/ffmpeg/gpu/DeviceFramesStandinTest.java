package io.reelmux.reader.ffmpeg.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.Encoder;
import io.reelmux.Fit;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.DeviceCursor;
import io.reelmux.reader.DeviceFrame;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.reader.ffmpeg.gpu.Footage.Kind;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.global.cudart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that stay on the GPU, and transcoding there. */
@RequiresStandin
@ExtendWith(LeakCheck.class)
class DeviceFramesStandinTest {
  private static final Device GPU = Device.cuda();
  private static final VideoOutput OUTPUT = VideoOutput.source().device(GPU);

  @TempDir private static Path folder;

  @BeforeAll
  static void loadDecoder() {
    Standin.load().loadDecoder();
  }

  private static Path file(Kind kind) throws Exception {
    return Footage.encode(kind, folder.resolve(kind + ".mp4"));
  }

  private static void assertFrames(Path file, Kind kind) throws Exception {
    List<ByteBuffer> expected = Footage.frames(kind);
    try (MediaReader media = MediaReader.open(file);
        VideoReader reader = media.video(VideoOutput.of(kind.layout()))) {
      assertThat(reader.frameCount()).isEqualTo(expected.size());
      for (int n = 0; n < expected.size(); n++) {
        assertThat(reader.frame(n).pixels()).as("frame %d", n).isEqualTo(expected.get(n));
        assertThat(reader.frame(n).time()).isEqualTo(Duration.ofMillis(40L * n));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void transcode_onTheGpu_framesNeverLeaveIt(Kind kind, Standin standin) throws Exception {
    Path input = file(kind);
    standin.reset();
    standin.set("COPIES", 1);
    Path output = folder.resolve(kind + "-again.mp4");

    TranscodeResult done =
        Transcoder.of(input)
            .device(GPU)
            .video(
                options -> {
                  if (kind == Kind.HEVC10) {
                    options.codec("hevc");
                  }
                })
            .toFile(output);

    assertThat(standin.journal("nvdec create ")).hasSize(1);
    assertThat(standin.journal("nvenc config ")).hasSize(1);
    assertThat(standin.journal("cuda copy ")).isEmpty();
    assertThat(done.notes()).isEmpty();
    assertFrames(output, kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h264", "none"})
  void transcode_sourceThatIsReadOnce_losesNeitherFramesNorAudio(String codecs, Standin standin)
      throws Exception {
    Path input = Footage.encodeWithAudio(folder.resolve("both.mkv"));
    standin.set("NVDEC_CODECS", codecs);
    Path output = folder.resolve("both.mp4");

    try (InputStream in = Files.newInputStream(input)) {
      TranscodeResult done =
          Transcoder.of(ByteSource.streaming(in)).device(GPU).fallbackToCpu(true).toFile(output);

      assertThat(done.encoding().streams()).hasSize(2);
      assertThat(done.reports().get(0).notes()).hasSize(codecs.equals("none") ? 1 : 0);
    }
    assertFrames(output, Kind.H264);
  }

  @Test
  void transcode_withASize_isCopiedAndSaysSo(Standin standin) throws Exception {
    Path input = file(Kind.H264);
    standin.set("COPIES", 1);

    TranscodeResult done =
        Transcoder.of(input)
            .device(GPU)
            .video(VideoOutput.source().size(64, 48, Fit.STRETCH))
            .toFile(folder.resolve("small.mp4"));

    assertThat(done.notes())
        .containsExactly(
            "video 0: frames are copied through host memory, because the size of VideoOutput is"
                + " made on the CPU");
    assertThat(standin.journal("cuda copy device-to-host ")).isNotEmpty();
  }

  @Test
  void transcode_trimmed_keepsTheFramesOnTheGpu(Standin standin) throws Exception {
    Path input = file(Kind.H264);
    standin.set("COPIES", 1);
    Path output = folder.resolve("part.mp4");

    Transcoder.of(input)
        .device(GPU)
        .trim(Duration.ofMillis(400), Duration.ofMillis(800))
        .toFile(output);

    assertThat(standin.journal("cuda copy ")).isEmpty();
    try (MediaReader media = MediaReader.open(output);
        VideoReader reader = media.video(VideoOutput.of(PixelLayout.NV12))) {
      assertThat(reader.frameCount()).isEqualTo(10);
      assertThat(reader.frame(9).pixels()).isEqualTo(Footage.frames(Kind.H264).get(19));
    }
  }

  @Test
  void transcode_noEncoderOnTheGpu_cpuEncodesWhatTheGpuDecodes(Standin standin) throws Exception {
    Path input = file(Kind.H264);
    standin.set("FAIL_OPEN", 2);
    Path output = folder.resolve("cpu.mkv");

    TranscodeResult done =
        Transcoder.of(input)
            .device(GPU)
            .fallbackToCpu(true)
            .video(options -> options.quality(Quality.LOSSLESS))
            .toFile(output);

    assertThat(done.encoding().notes()).anyMatch(note -> note.contains("encoded on the CPU by"));
    assertThat(done.notes())
        .containsAll(done.encoding().notes())
        .anyMatch(
            note ->
                note.startsWith("video 0: frames are copied through host memory, because ")
                    && note.contains("encoded on the CPU"));
    assertThat(standin.journal("nvdec create ")).hasSize(1);
    assertFrames(output, Kind.H264);
  }

  @Test
  void transcode_gpuFailsOnTheWay_cpuDecodesTheRest(Standin standin) throws Exception {
    Path input = file(Kind.H264);
    standin.set("FAIL_DECODE_AT", 15);
    Path output = folder.resolve("half.mp4");

    TranscodeResult done = Transcoder.of(input).device(GPU).fallbackToCpu(true).toFile(output);

    assertThat(done.reports().get(0).notes())
        .singleElement()
        .asString()
        .startsWith("decoded on the CPU, because cuda:0 cannot: cuda:0 failed to decode a frame");
    assertFrames(output, Kind.H264);
  }

  @Test
  void deviceFrame_byNumber_isEncodedAndDownloaded(Standin standin) throws Exception {
    List<ByteBuffer> expected = Footage.frames(Kind.H264);
    try (MediaReader media = MediaReader.open(file(Kind.H264));
        VideoReader reader = media.video(OUTPUT);
        Encoder encoder = Encoder.create()) {
      VideoStream stream = encoder.addVideo(reader.encoding().device(GPU).build());
      Path output = folder.resolve("picked.mp4");
      encoder.openFile(output);
      Duration start = Duration.ofMillis(200);
      for (int n : new int[] {5, 14, 29}) {
        try (DeviceFrame frame = reader.deviceFrame(n)) {
          assertThat(frame.index()).isEqualTo(n);
          assertThat(frame.device()).isEqualTo(GPU);
          assertThat(frame.layout()).isEqualTo(PixelLayout.NV12);
          assertThat(frame.width()).isEqualTo(Footage.WIDTH);
          assertThat(frame.download().pixels()).isEqualTo(reader.frame(n).pixels());
          stream.addFrames(frame.toDeviceFrames(start));
        }
      }
      encoder.finish();
      try (MediaReader again = MediaReader.open(output);
          VideoReader read = again.video(VideoOutput.of(PixelLayout.NV12))) {
        assertThat(read.frame(0).pixels()).isEqualTo(expected.get(5));
        assertThat(read.frame(1).pixels()).isEqualTo(expected.get(14));
        assertThat(read.frame(2).pixels()).isEqualTo(expected.get(29));
        assertThat(read.frame(2).time()).isEqualTo(Duration.ofMillis(960));
      }
    }
  }

  @Test
  void deviceFrame_closedOrItsReader_isRefusedByTheEncoder() throws Exception {
    try (MediaReader media = MediaReader.open(file(Kind.H264));
        VideoReader reader = media.video(OUTPUT);
        Encoder encoder = Encoder.create()) {
      VideoStream stream =
          encoder.addVideo(
              VideoOptions.builder(Footage.WIDTH, Footage.HEIGHT, 25).device(GPU).build());
      encoder.openFile(folder.resolve("refused.mkv"));
      DeviceFrame frame = reader.deviceFrame(0);
      DeviceFrames lent = frame.toUntimedDeviceFrames();
      frame.close();
      frame.close();
      assertThatThrownBy(() -> stream.addFrames(lent))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("frame 0 has been closed");
      VideoReader second = media.video(OUTPUT);
      DeviceFrame other = second.deviceFrame(1);
      second.close();
      assertThatThrownBy(other::toUntimedDeviceFrames).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(other::download).isInstanceOf(IllegalStateException.class);
      encoder.cancel();
    }
  }

  @Test
  void deviceFrame_tooManyOpen_isRefusedAndTheReaderGoesOn() throws Exception {
    List<DeviceFrame> open = new ArrayList<>();
    try (MediaReader media = MediaReader.open(file(Kind.H264));
        VideoReader reader = media.video(OUTPUT)) {
      for (int i = 0; i < 32; i++) {
        open.add(reader.deviceFrame(i % Footage.COUNT));
      }
      assertThatThrownBy(() -> reader.deviceFrame(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("32 frames of this reader are open");
      open.get(0).close();
      open.add(reader.deviceFrame(7));
    }
  }

  @Test
  void transcode_primaryContextOfAnotherLibrary_isCopiedAndSaysSo() throws Exception {
    Path input = file(Kind.H264);
    Path output = folder.resolve("context.mp4");
    // created before FFmpeg, without the flag that it requires
    cudart.cuInit(0);
    cudart.cuDevicePrimaryCtxSetFlags(0, 0);
    cudart.cuDevicePrimaryCtxRetain(new CUctx_st(), 0);
    try {
      TranscodeResult done = Transcoder.of(input).device(GPU).toFile(output);

      assertThat(done.notes())
          .singleElement()
          .asString()
          .contains("copied through host memory")
          .contains("not in the primary context");
    } finally {
      cudart.cuDevicePrimaryCtxRelease(0);
    }
    assertFrames(output, Kind.H264);
  }

  @Test
  void deviceCursor_hostWorkAskedFor_saysWhy() throws Exception {
    try (MediaReader media = MediaReader.open(file(Kind.H264));
        VideoReader layout = media.video(VideoOutput.of(PixelLayout.RGB24).device(GPU));
        VideoReader cpu = media.video()) {
      assertThat(layout.deviceFramesUnsupportedReason())
          .hasValueSatisfying(reason -> assertThat(reason).contains("the layout"));
      assertThatThrownBy(layout::deviceCursor).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> cpu.deviceFrame(0)).hasMessageContaining("decoded on the CPU");
    }
  }

  @Test
  void deviceCursor_seek_continuesThere() throws Exception {
    try (MediaReader media = MediaReader.open(file(Kind.H264));
        VideoReader reader = media.video(OUTPUT);
        VideoReader cpu = media.video(VideoOutput.source());
        DeviceCursor cursor = reader.deviceCursor()) {
      cursor.seek(13);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.frame().index()).isEqualTo(13);
      assertThat(cursor.frame().download().pixels()).isEqualTo(cpu.frame(13).pixels());
      cursor.seek(Duration.ofMillis(80));
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.frame().index()).isEqualTo(2);
    }
  }
}
