package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorToBytesTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  @TempDir Path directory = Path.of("");

  @Test
  void encode_tensor_isAnMp4WithTheseFrames() throws IOException {
    byte[] tensor = TensorToBytes.tensor(10, WIDTH, HEIGHT);

    byte[] mp4 = TensorToBytes.encode(tensor, WIDTH, HEIGHT, 29.97);

    StreamPlayer decoder = StreamPlayer.open(mp4, 0);
    for (int n = 0; n < 10; n++) {
      byte[] frame = requireNonNull(decoder.frame());
      assertThat(lumaError(tensor, n, frame)).isLessThan(3);
    }
    assertThat(decoder.frame()).isNull();
    assertThat(decoder.times().get(9)).isCloseTo(9 * 1001 / 30_000.0, within(2e-6));
  }

  @Test
  void main_writesTheMp4AndPrintsItsSize() throws IOException {
    Path file = directory.resolve("tensor.mp4");

    String out = Output.of(TensorToBytes::main, file);

    assertThat(out).matches("13824000 bytes of RGB, \\d{4,6} bytes of MP4\\R");
    assertThat(StreamPlayer.streams(file)).containsExactly("video h264 320x240 30000/1001");
  }

  /** Mean difference from BT.709 luma in limited range. */
  private static double lumaError(byte[] tensor, int n, byte[] frame) {
    int plane = WIDTH * HEIGHT;
    int red = n * 3 * plane;
    double sum = 0;
    for (int i = 0; i < plane; i++) {
      double luma =
          0.2126 * (tensor[red + i] & 0xFF)
              + 0.7152 * (tensor[red + plane + i] & 0xFF)
              + 0.0722 * (tensor[red + 2 * plane + i] & 0xFF);
      sum += Math.abs(16 + luma * 219 / 255 - (frame[i] & 0xFF));
    }
    return sum / plane;
  }
}
