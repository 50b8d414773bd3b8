package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.media.StreamPlayer;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesToVideoTest {
  @TempDir Path folder = Path.of("");

  @Test
  void main_imagesOfSeveralSizes_fitIntoTheFirst() throws IOException {
    save("1.png", 121, 81, Color.WHITE);
    save("2.jpg", 240, 160, Color.WHITE);
    save("3.png", 20, 40, Color.WHITE);
    Files.writeString(folder.resolve("notes.txt"), "not an image");
    Path file = folder.resolve("out.mp4");

    String out = Output.of(ImagesToVideo::main, folder, file, 10);

    assertThat(out).matches("3 images, \\d+ bytes\\R");
    assertThat(StreamPlayer.streams(file)).containsExactly("video h264 120x80 10/1");
    StreamPlayer video = StreamPlayer.open(file, 0);
    assertLuma(requireNonNull(video.frame()), 235, 235);
    assertLuma(requireNonNull(video.frame()), 235, 235);
    // half as wide as high: black at both sides
    assertLuma(requireNonNull(video.frame()), 16, 235);
    assertThat(video.frame()).isNull();
  }

  @Test
  void main_noImages_fails() {
    Path file = folder.resolve("out.mp4");

    assertThatThrownBy(() -> ImagesToVideo.main(new String[] {folder.toString(), file.toString()}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no images");
  }

  private void save(String name, int width, int height, Color color) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics g = image.getGraphics();
    g.setColor(color);
    g.fillRect(0, 0, width, height);
    g.dispose();
    String format = name.substring(name.indexOf('.') + 1);
    assertThat(ImageIO.write(image, format, folder.resolve(name).toFile())).isTrue();
  }

  private static void assertLuma(byte[] frame, int side, int center) {
    assertThat(frame[40 * 120 + 10] & 0xFF).isCloseTo(side, within(4));
    assertThat(frame[40 * 120 + 60] & 0xFF).isCloseTo(center, within(4));
  }
}
