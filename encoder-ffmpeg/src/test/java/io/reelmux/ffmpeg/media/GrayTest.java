package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.testing.media.DecodedFrame;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gray values, such as labels and depths, keep their values in gray formats. */
class GrayTest {
  private static final int SIDE = 256;

  private static VideoOptions.Builder options(String codec, String format) {
    return VideoOptions.builder(SIDE, SIDE, 25).codec(codec).pixelFormat(format);
  }

  /** Every 16-bit value once. */
  private static VideoFrame depths() {
    short[] values = new short[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) i;
    }
    return VideoFrame.of(PixelLayout.GRAY16, SIDE, SIDE, values);
  }

  /** Every 8-bit value, a column each. */
  private static VideoFrame labels() {
    byte[] values = new byte[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    return VideoFrame.of(PixelLayout.GRAY8, SIDE, SIDE, values);
  }

  @ParameterizedTest
  @CsvSource({
    "ffv1, gray16le, mkv",
    "ffv1, gray16le, avi",
    "png, gray16be, mkv",
    "png, ya16be, mkv",
    "tiff, gray16le, mkv",
    "jpegls, gray16le, avi",
  })
  void gray16_everyValue_survives(String codec, String format, String container)
      throws IOException {
    DecodedFrame frame = Fixtures.roundTrip(options(codec, format).build(), container, depths());

    assertThat(frame.format).isEqualTo(format);
    for (int i = 0; i < SIDE * SIDE; i++) {
      assertThat(frame.value(0, i % SIDE, i / SIDE)).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ffv1, gray, 255",
    "png, gray, 255",
    "png, ya8, 255",
    "ffv1, gray10le, 1023",
    "ffv1, gray12le, 4095",
    "ffv1, gray16le, 65535",
    "png, gray16be, 65535",
  })
  void gray8_toAnyDepth_isScaledToFullRange(String codec, String format, int white)
      throws IOException {
    DecodedFrame frame = Fixtures.roundTrip(options(codec, format).build(), "mkv", labels());

    assertThat(frame.format).isEqualTo(format);
    for (int x = 0; x < SIDE; x++) {
      assertThat(frame.value(0, x, 3)).isEqualTo((int) Math.round(x * white / 255.0));
      if (frame.components() == 2) {
        assertThat(frame.value(1, x, 3)).isEqualTo(white);
      }
    }
    if (codec.equals("ffv1")) {
      assertThat(frame.tags.isFull()).isTrue();
    }
  }

  @RequiresGpl
  @ParameterizedTest
  @CsvSource({"gray, 255", "gray10le, 1023"})
  void gray8_losslessX264_keepsEveryValue(String format, int white) throws IOException {
    DecodedFrame frame =
        Fixtures.roundTrip(
            options("libx264", format).quality(Quality.LOSSLESS).build(), "mp4", labels());

    assertThat(frame.tags.isFull()).isTrue();
    for (int x = 0; x < SIDE; x++) {
      assertThat(frame.value(0, x, 200)).isEqualTo((int) Math.round(x * white / 255.0));
    }
  }

  @Test
  void gray8_requestedLimitedRange_isObeyed() throws IOException {
    DecodedFrame frame =
        Fixtures.roundTrip(
            options("ffv1", "gray").color(ColorSpec.BT709_LIMITED).build(), "mkv", labels());

    assertThat(frame.tags.isFull()).isFalse();
    for (int x = 0; x < SIDE; x++) {
      assertThat(frame.value(0, x, 9)).isEqualTo((int) Math.round(16 + 219 * x / 255.0));
    }
  }

  @ParameterizedTest
  @CsvSource({"gray", "gray10le", "gray16le"})
  void rgb_toGray_isLumaOfFullRange(String format) throws IOException {
    Pixels pixels = Pixels.random(PixelLayout.RGB48, SIDE, SIDE, 3);

    DecodedFrame frame =
        Fixtures.roundTrip(options("ffv1", format).build(), "mkv", pixels.frame(PixelLayout.RGB48));

    double white = (1 << frame.depth()) - 1;
    for (int i = 0; i < SIDE * SIDE; i += 7) {
      int x = i % SIDE;
      int y = i / SIDE;
      double luma =
          0.2126 * pixels.red(x, y) + 0.7152 * pixels.green(x, y) + 0.0722 * pixels.blue(x, y);
      assertThat((double) frame.value(0, x, y)).isCloseTo(luma / 65_535 * white, within(0.55));
    }
  }

  @Test
  void i420_toGray_isExpandedFromLimitedRange() throws IOException {
    byte[] yuv = new byte[SIDE * SIDE * 3 / 2];
    Arrays.fill(yuv, (byte) 128);
    for (int i = 0; i < SIDE * SIDE; i++) {
      yuv[i] = (byte) i;
    }

    DecodedFrame frame =
        Fixtures.roundTrip(
            options("ffv1", "gray").build(),
            "mkv",
            VideoFrame.of(PixelLayout.I420, SIDE, SIDE, yuv));

    for (int x = 0; x < SIDE; x++) {
      double level = Math.min(Math.max((x - 16) * 255 / 219.0, 0), 255);
      assertThat((double) frame.value(0, x, 50)).isCloseTo(level, within(0.51));
    }
  }

  @Test
  void i420_toRgbByDefault_isExpandedFromLimitedRange() throws IOException {
    byte[] yuv = new byte[SIDE * SIDE * 3 / 2];
    Arrays.fill(yuv, (byte) 128);
    Arrays.fill(yuv, 0, SIDE * SIDE, (byte) 235);

    DecodedFrame frame =
        Fixtures.roundTrip(
            options("png", "rgb24").build(),
            "mkv",
            VideoFrame.of(PixelLayout.I420, SIDE, SIDE, yuv));

    assertThat(frame.value(0, 7, 7)).isEqualTo(255);
  }

  @Test
  void gray16_scaled_staysGray() throws IOException {
    short[] values = new short[64 * 64];
    Arrays.fill(values, (short) 0xABCD);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 64, 25)
                .codec("ffv1")
                .pixelFormat("gray16le")
                .outputSize(96, 96)
                .build(),
            "mkv",
            VideoFrame.of(PixelLayout.GRAY16, 64, 64, values));

    assertThat(frame.width).isEqualTo(96);
    assertThat(frame.value(0, 50, 50)).isEqualTo(0xABCD);
  }

  @Test
  void float_codes_areClippedAndNanIsBlack() throws IOException {
    float[] values = new float[64 * 64];
    float[] special = {0, 1, 0.5f, -1, 2, Float.NaN, Float.POSITIVE_INFINITY, 1 / 65_535f};
    System.arraycopy(special, 0, values, 0, special.length);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 64, 25).codec("ffv1").pixelFormat("gray16le").build(),
            "mkv",
            VideoFrame.of(PixelLayout.GRAY_F32, 64, 64, values));

    int[] codes = {0, 65_535, 32_768, 0, 65_535, 0, 65_535, 1};
    for (int x = 0; x < codes.length; x++) {
      assertThat(frame.value(0, x, 0)).as("value %s", special[x]).isEqualTo(codes[x]);
    }
  }

  @Test
  void halfFloats_areTheirValues() throws IOException {
    // 0, 1, 0.5, the least positive one, NaN, -2, infinity, 1 - 2^-11
    int[] halves = {0, 0x3C00, 0x3800, 1, 0x7E00, 0xC000, 0x7C00, 0x3BFF};
    short[] values = new short[3 * 64 * 64];
    for (int x = 0; x < halves.length; x++) {
      values[x] = (short) halves[x];
    }

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 64, 25).codec("ffv1").pixelFormat("gbrp16le").build(),
            "mkv",
            VideoFrame.of(PixelLayout.RGB_PLANAR_F16, 64, 64, values));

    int[] codes = {0, 65_535, 32_768, 0, 0, 0, 65_535, 65_503};
    for (int x = 0; x < codes.length; x++) {
      assertThat(frame.value(0, x, 0)).isEqualTo(codes[x]);
    }
  }
}
