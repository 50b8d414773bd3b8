package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.examples.gpu.EncodeOnGpu;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the stand-in driver, whose encoder is lossless. */
@RequiresStandin
class EncodeOnGpuStandinTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int FRAMES = 40;

  @TempDir Path directory = Path.of("");

  @Test
  void main_encodesWhatTheGpuDrew(Standin standin) throws IOException {
    Path file = directory.resolve("out.mp4");

    String out = Output.of(EncodeOnGpu::main, file, FRAMES);

    assertThat(out).matches(".*out\\.mp4: h264_nvenc, 40 frames, \\d+ bytes\\R");
    assertThat(StreamPlayer.streams(file)).containsExactly("video h264 640x360 30/1");
    assertThat(standin.journal("nvenc config codec=h264 ")).isNotEmpty();
    StreamPlayer decoder = StreamPlayer.open(file, 0);
    for (int n = 0; n < FRAMES; n++) {
      byte[] frame = requireNonNull(decoder.frame());
      assertThat(luma(frame, 5 * n + 30, 180)).isEqualTo(luma(255, 160, 40));
      assertThat(luma(frame, 5 * n + 30, 140)).isEqualTo(luma(20, 40, 120));
      assertThat(luma(frame, WIDTH - 1, HEIGHT - 1)).isEqualTo(luma(20, 40, 120));
    }
    assertThat(decoder.frame()).isNull();
  }

  @Test
  void main_existingFile_isReplaced() throws IOException {
    Path file = directory.resolve("out.mkv");

    Output.of(EncodeOnGpu::main, file, 2 * FRAMES);
    Output.of(EncodeOnGpu::main, file, FRAMES);

    StreamPlayer decoder = StreamPlayer.open(file, 0);
    List<Double> times = decoder.times();
    assertThat(times).hasSize(FRAMES);
    for (int n = 0; n < FRAMES; n++) {
      // Matroska counts milliseconds
      assertThat(times.get(n)).isCloseTo(n / 30.0, within(0.0006));
    }
  }

  @Test
  void main_noSuchGpu_reportsItAndWritesNothing() throws IOException {
    Path file = directory.resolve("out.mp4");

    String out = Output.of(EncodeOnGpu::main, file, FRAMES, 7);

    assertThat(out).startsWith("cuda:7 cannot encode: ");
    assertThat(file).doesNotExist();
  }

  @Test
  void main_containerWithoutVideo_failsAndFreesTheGpu() {
    Path file = directory.resolve("out.wav");

    assertThatThrownBy(() -> EncodeOnGpu.main(new String[] {file.toString()}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  private static int luma(byte[] frame, int x, int y) {
    return frame[y * WIDTH + x] & 0xFF;
  }

  /** BT.709 in limited range. */
  private static int luma(int red, int green, int blue) {
    double full = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return (int) Math.round(16 + full * 219 / 255);
  }
}
