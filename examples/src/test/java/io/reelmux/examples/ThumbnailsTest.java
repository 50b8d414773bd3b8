package io.reelmux.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.testing.FfmpegCli;
import io.reelmux.testing.RequiresFfmpegCli;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresFfmpegCli
class ThumbnailsTest {
  @TempDir Path folder = Path.of("");

  /** Frame n is gray of the luminance 3 n, in 320x180, so that frames can be told apart. */
  @Test
  void main_threeFrames_areEvenlySpread() throws Exception {
    Path file = folder.resolve("in.mp4");
    Path sheet = folder.resolve("sheet.png");
    FfmpegCli.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "color=black:size=320x180:rate=25:duration=2.4",
        "-vf",
        "geq=lum='16+3*N':cb=128:cr=128",
        "-c:v",
        "libx264",
        "-crf",
        "4",
        file.toString());

    String out = Output.of(Thumbnails::main, file, sheet, 3);

    assertThat(out).isEqualToIgnoringNewLines("3 of 60 frames");
    BufferedImage image = ImageIO.read(sheet.toFile());
    assertThat(image.getWidth()).isEqualTo(320);
    assertThat(image.getHeight()).isEqualTo(180);
    assertThat(number(image, 80, 45)).isEqualTo(10);
    assertThat(number(image, 240, 45)).isEqualTo(30);
    assertThat(number(image, 80, 135)).isEqualTo(50);
    // there is no fourth
    assertThat(image.getRGB(240, 135) & 0xFF).isZero();
  }

  private static long number(BufferedImage image, int x, int y) {
    return Math.round((image.getRGB(x, y) & 0xFF) * 219 / 255.0 / 3);
  }
}
