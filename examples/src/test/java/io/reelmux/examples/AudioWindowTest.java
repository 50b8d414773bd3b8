package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class AudioWindowTest {
  @TempDir Path folder = Path.of("");

  @Test
  void main_toneThatGetsLoud_isHighFromThereOn() throws Exception {
    Path file = SampleFile.write(folder.resolve("in.mp4"));
    Path wave = folder.resolve("wave.png");

    String out = Output.of(AudioWindow::main, file, wave, "0.5", "1.5");

    assertThat(out).isEqualToIgnoringNewLines("48000 samples of 1 channels at 48000 Hz");
    BufferedImage image = ImageIO.read(wave.toFile());
    assertThat(image.getWidth()).isEqualTo(1000);
    assertThat(image.getHeight()).isEqualTo(100);
    // 50 columns, 22 periods, the amplitudes 0.1 and 0.9 of 49 rows
    assertThat(height(image, 200)).isCloseTo(11, within(4));
    assertThat(height(image, 430)).isCloseTo(11, within(4));
    assertThat(height(image, 520)).isCloseTo(89, within(6));
    assertThat(height(image, 800)).isCloseTo(89, within(6));
  }

  /** Returns how many rows are lit in any of 50 columns. */
  private static int height(BufferedImage image, int from) {
    int height = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      boolean lit = false;
      for (int x = from; x < from + 50; x++) {
        lit |= (image.getRGB(x, y) & 0xFF00) != 0;
      }
      height += lit ? 1 : 0;
    }
    return height;
  }
}
