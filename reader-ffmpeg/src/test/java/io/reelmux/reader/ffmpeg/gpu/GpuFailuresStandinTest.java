package io.reelmux.reader.ffmpeg.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reelmux.Device;
import io.reelmux.PixelLayout;
import io.reelmux.reader.ByteSource;
import io.reelmux.reader.FrameCursor;
import io.reelmux.reader.MediaReader;
import io.reelmux.reader.ReaderException;
import io.reelmux.reader.VideoOutput;
import io.reelmux.reader.VideoReader;
import io.reelmux.reader.ffmpeg.gpu.Footage.Kind;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A GPU that cannot decode, or fails. */
@RequiresStandin
@ExtendWith(LeakCheck.class)
class GpuFailuresStandinTest {
  private static final VideoOutput OUTPUT = VideoOutput.of(PixelLayout.NV12).device(Device.cuda());

  @TempDir private static Path folder;

  private static final List<ByteBuffer> FRAMES = Footage.frames(Kind.H264);

  @BeforeAll
  static void loadDecoder() {
    Standin.load().loadDecoder();
  }

  private static Path file() throws Exception {
    return Footage.encode(Kind.H264, folder.resolve("a.mp4"));
  }

  private static void assertAllFrames(VideoReader reader) throws Exception {
    FrameCursor cursor = reader.cursor();
    for (ByteBuffer frame : FRAMES) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.frame().pixels()).isEqualTo(frame);
    }
    assertThat(cursor.next()).isFalse();
  }

  /** A setting of the stand-in; what the exception and the note say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CUINIT=100 | the NVIDIA driver finds no GPU
          DEVICES=0 | there is no GPU cuda:0
          NVDEC_CODECS=hevc | cuda:0 does not decode this codec with this profile
          NVDEC_MAX_WIDTH=100 | cuda:0 decodes this codec with a width of 16 to 100 pixels, not 112
          NVDEC_MIN_HEIGHT=128 | cuda:0 decodes this codec with a height of 128 to 4096 pixels, not 64
          NVDEC_MAX_BLOCKS=10 | cuda:0 decodes frames of up to 10 blocks of 16x16 pixels, not 28
          FAIL_CREATE_DECODER_AT=1 | cuda:0 is out of memory
          CUCTX=2 | cuda:0 is out of memory
          """)
  void open_gpuCannot_refusedOrDoneByTheCpu(String setting, String reason, Standin standin)
      throws Exception {
    Path file = file();
    String[] parts = setting.split("=", 2);
    standin.set(parts[0], parts[1]);

    try (MediaReader media = MediaReader.open(file)) {
      assertThatThrownBy(() -> media.video(OUTPUT))
          .isInstanceOfSatisfying(
              ReaderException.class,
              failure -> {
                assertThat(failure.errorText()).startsWith(reason);
                assertThat(failure.stream()).contains("video 0");
              });
      try (VideoReader reader = media.video(OUTPUT.fallbackToCpu(true))) {
        if (reader.device().isCuda()) {
          // only the first call fails
          assertThat(setting).isEqualTo("FAIL_CREATE_DECODER_AT=1");
        } else {
          assertThat(reader.report().notes())
              .singleElement()
              .asString()
              .startsWith("decoded on the CPU, because cuda:0 cannot: " + reason);
        }
        assertAllFrames(reader);
      }
    }
  }

  @Test
  void open_noSuchGpu_isRefused() throws Exception {
    try (MediaReader media = MediaReader.open(file())) {
      assertThatThrownBy(() -> media.video(OUTPUT.device(Device.cuda(3))))
          .hasMessageContaining("there is no GPU cuda:3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAIL_DECODE_AT", "FAIL_MAP_FRAME_AT"})
  void read_gpuFailsOnTheWay_isNotTakenForDamage(String setting, Standin standin) throws Exception {
    Path file = file();
    standin.set(setting, "15");

    try (MediaReader media = MediaReader.open(file);
        VideoReader reader = media.video(OUTPUT)) {
      FrameCursor cursor = reader.cursor();
      Throwable thrown =
          catchThrowable(
              () -> {
                for (int n = 0; cursor.next(); n++) {
                  assertThat(cursor.frame().pixels()).isEqualTo(FRAMES.get(n));
                }
              });
      assertThat(thrown).isInstanceOf(ReaderException.class).hasMessageContaining("cuda:0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAIL_DECODE_AT", "FAIL_MAP_FRAME_AT"})
  void read_gpuFailsOnTheWay_cpuGoesOnWithTheNextFrame(String setting, Standin standin)
      throws Exception {
    Path file = file();
    for (int call = 1; call <= Footage.COUNT; call += 4) {
      standin.reset();
      standin.set(setting, call);
      try (MediaReader media = MediaReader.open(file);
          VideoReader reader = media.video(OUTPUT.fallbackToCpu(true))) {
        assertAllFrames(reader);
        assertThat(reader.device()).isEqualTo(Device.cpu());
        assertThat(reader.report().notes())
            .singleElement()
            .asString()
            .startsWith("decoded on the CPU, because cuda:0 cannot: cuda:0 ");
      }
    }
  }

  @Test
  void frame_gpuFails_cpuFindsIt(Standin standin) throws Exception {
    Path file = file();
    standin.set("FAIL_DECODE_AT", 5);

    try (MediaReader media = MediaReader.open(file);
        VideoReader reader = media.video(OUTPUT.fallbackToCpu(true))) {
      for (int n : new int[] {20, 3, 29, 0}) {
        assertThat(reader.frame(n).pixels()).isEqualTo(FRAMES.get(n));
      }
      assertThat(reader.device()).isEqualTo(Device.cpu());
    }
  }

  @Test
  void read_outOfMemoryAtAnyAllocation_eitherFailsOrIsRight(Standin standin) throws Exception {
    Path file = file();
    int failures = 0;
    for (int call = 1; call <= 40; call += 3) {
      standin.reset();
      standin.set("FAIL_ALLOC_AT", call);
      try (MediaReader media = MediaReader.open(file)) {
        Throwable thrown =
            catchThrowable(
                () -> {
                  try (VideoReader reader = media.video(OUTPUT)) {
                    assertAllFrames(reader);
                  }
                });
        if (thrown != null) {
          failures++;
          assertThat(thrown).isInstanceOf(ReaderException.class);
          assertThat(thrown).hasMessageContaining("cuda:0 is out of memory");
        }
      }
      assertThat(standin.live()).containsEntry("alloc", "0").containsEntry("decoder", "0");
    }
    assertThat(failures).isPositive();
  }

  @Test
  void open_sourceThatIsReadOnce_cpuLosesNoFrame(Standin standin) throws Exception {
    Path file = Footage.encode(Kind.H264, folder.resolve("a.ts"));
    standin.set("NVDEC_CODECS", "none");

    try (InputStream in = Files.newInputStream(file);
        MediaReader media = MediaReader.open(ByteSource.streaming(in));
        VideoReader reader = media.video(OUTPUT.fallbackToCpu(true))) {
      assertAllFrames(reader);
      assertThat(reader.device()).isEqualTo(Device.cpu());
    }
  }
}
