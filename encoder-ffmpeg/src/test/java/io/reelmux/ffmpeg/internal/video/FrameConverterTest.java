package io.reelmux.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.AlphaMode;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A frame is converted as a whole, without seams, in any locale. */
class FrameConverterTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 720;

  @Test
  void convert_repeatingRows_hasNoSeam() throws IOException {
    NativeLibraries.load();
    VideoFrame frame = VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, stripes());

    byte[] converted = converted(frame);

    byte[] expected = chromaRow(converted, 1);
    for (int row = 2; row < HEIGHT / 2 - 1; row++) {
      assertThat(chromaRow(converted, row)).as("chroma row %d", row).isEqualTo(expected);
    }
  }

  @Test
  void convert_localeWithItsOwnDigits_isTheSame() throws IOException {
    NativeLibraries.load();
    VideoFrame frame = VideoFrame.of(PixelLayout.RGB24, WIDTH, HEIGHT, stripes());
    byte[] expected = converted(frame);
    Locale locale = Locale.getDefault();

    byte[] converted;
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      converted = converted(frame);
    } finally {
      Locale.setDefault(locale);
    }

    assertThat(converted).isEqualTo(expected);
  }

  private static byte[] converted(VideoFrame frame) throws IOException {
    try (ConvertedFrame conversion =
        new ConvertedFrame(frame, "yuv420p", WIDTH, HEIGHT, AlphaMode.DROP)) {
      return conversion.of(frame);
    }
  }

  /** Returns alternating red and blue rows. */
  private static byte[] stripes() {
    byte[] pixels = new byte[WIDTH * HEIGHT * 3];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        pixels[(y * WIDTH + x) * 3 + y % 2 * 2] = (byte) 255;
      }
    }
    return pixels;
  }

  private static byte[] chromaRow(byte[] yuv420p, int row) {
    int start = WIDTH * HEIGHT + row * WIDTH / 2;
    return Arrays.copyOfRange(yuv420p, start, start + WIDTH / 2);
  }
}
