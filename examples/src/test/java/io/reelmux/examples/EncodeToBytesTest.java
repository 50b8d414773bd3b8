package io.reelmux.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class EncodeToBytesTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  @Test
  void encode_tensor_isAnMp4WithThesePictures() throws IOException {
    byte[] tensor = EncodeToBytes.tensor(10, WIDTH, HEIGHT);

    byte[] mp4 = EncodeToBytes.encode(tensor, WIDTH, HEIGHT, 29.97);

    try (Decoder decoder = Decoder.open(mp4, 0)) {
      for (int n = 0; n < 10; n++) {
        byte[] picture = requireNonNull(decoder.picture());
        assertThat(lumaError(tensor, n, picture)).isLessThan(3);
      }
      assertThat(decoder.picture()).isNull();
    }
    try (Decoder decoder = Decoder.open(mp4, 0)) {
      assertThat(decoder.times().get(9)).isCloseTo(9 * 1001 / 30_000.0, within(2e-6));
    }
  }

  @Test
  void run_printsTheSize() {
    Run run = Run.of(new EncodeToBytes());

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .matches("60 frames of 320x240: 13824000 bytes of RGB, \\d{4,6} bytes of MP4\\R");
  }

  /** Mean difference from BT.709 luma in studio range. */
  private static double lumaError(byte[] tensor, int frame, byte[] picture) {
    int plane = WIDTH * HEIGHT;
    int red = frame * 3 * plane;
    double sum = 0;
    for (int i = 0; i < plane; i++) {
      double luma =
          0.2126 * (tensor[red + i] & 0xFF)
              + 0.7152 * (tensor[red + plane + i] & 0xFF)
              + 0.0722 * (tensor[red + 2 * plane + i] & 0xFF);
      sum += Math.abs(16 + luma * 219 / 255 - (picture[i] & 0xFF));
    }
    return sum / plane;
  }
}
