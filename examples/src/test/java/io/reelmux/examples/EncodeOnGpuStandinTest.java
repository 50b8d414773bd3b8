package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the stand-in driver, whose encoder loses nothing. */
@RequiresStandin
class EncodeOnGpuStandinTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final int FRAMES = 40;

  @TempDir Path directory = Path.of("");

  @Test
  void run_encodesWhatTheGpuDrew() throws IOException {
    Path file = directory.resolve("out.mp4");

    Run run = encode(file);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("out.mp4: mp4, 1 streams")
        .containsPattern("0 +video +h264_nvenc +nv12 +40 +- +40 ");
    assertThat(Decoder.streams(file)).containsExactly("video h264 320x180 30/1");
    assertThat(Standin.count("nvenc config codec=h264 ")).isPositive();
    try (Decoder decoder = Decoder.open(file, 0)) {
      for (int n = 0; n < FRAMES; n++) {
        assertIsScene(requireNonNull(decoder.picture()), n / 30.0);
      }
      assertThat(decoder.picture()).isNull();
    }
  }

  @Test
  void run_ontoAnOlderFile_replacesIt() throws IOException {
    Path file = directory.resolve("out.mkv");

    assertThat(encode(file).status()).isZero();
    assertThat(encode(file).status()).isZero();

    try (Decoder decoder = Decoder.open(file, 0)) {
      List<Double> times = decoder.times();
      assertThat(times).hasSize(FRAMES);
      for (int n = 0; n < FRAMES; n++) {
        // Matroska counts milliseconds
        assertThat(times.get(n)).isCloseTo(n / 30.0, within(0.0006));
      }
    }
  }

  @Test
  void run_noSuchGpu_saysSoAndWritesNothing() {
    Path file = directory.resolve("out.mp4");

    Run run = Run.of(new EncodeOnGpu(), file, "--device", 7);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EncodeOnGpu: ", "cuda:7").doesNotContain("\tat ");
    assertThat(file).doesNotExist();
  }

  @Test
  void run_containerThatCannotHoldIt_saysSo() throws IOException {
    Path file = directory.resolve("out.wav");

    Run run = Run.of(new EncodeOnGpu(), file, "--size", "320x180");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("EncodeOnGpu: ").doesNotContain("\tat ");
    assertThat(file).doesNotExist();
  }

  private static Run encode(Path file) {
    return Run.of(new EncodeOnGpu(), file, "--frames", FRAMES, "--size", WIDTH + "x" + HEIGHT);
  }

  /** BT.709 luma of the ball where it is, and of a sky that gets lighter to the bottom. */
  private static void assertIsScene(byte[] picture, double seconds) {
    int x = (int) (WIDTH * (0.5 + 0.4 * Orbit.x(seconds)));
    int y = (int) (HEIGHT * (0.5 - 0.38 * Orbit.y(seconds)));
    int left = x < WIDTH / 2 ? WIDTH - 2 : 1;

    assertThat(luma(picture, x, y)).isEqualTo(luma(255, 220, 100));
    assertThat(luma(picture, left, 1)).isEqualTo(luma(15, 25, 60));
    assertThat(luma(picture, left, HEIGHT - 2)).isEqualTo(luma(15 + 45, 25 + 34, 60 + 68));
  }

  private static int luma(byte[] picture, int x, int y) {
    return picture[y * WIDTH + x] & 0xFF;
  }

  private static int luma(int red, int green, int blue) {
    double full = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return (int) Math.round(16 + full * 219 / 255);
  }
}
