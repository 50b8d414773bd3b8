package io.reelmux.ffmpeg.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.Quality;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.testing.media.Colors;
import io.reelmux.testing.media.DecodedFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Y'CbCr frames are encoded bit-exactly and tagged as the caller specifies. */
class YuvInputTest {

  @ParameterizedTest
  @CsvSource({
    "I420, ffv1, yuv420p, LITTLE",
    "NV12, ffv1, yuv420p, LITTLE",
    "NV21, ffv1, yuv420p, LITTLE",
    "I422, ffv1, yuv422p, LITTLE",
    "I444, ffv1, yuv444p, LITTLE",
    "P010, ffv1, yuv420p10le, LITTLE",
    "P010, ffv1, yuv420p10le, BIG",
    "I420_10, ffv1, yuv420p10le, LITTLE",
    "I420_10, ffv1, yuv420p10le, BIG",
  })
  void addFrame_lossless_isBitExact(PixelLayout layout, String codec, String format, String order)
      throws IOException {
    assertBitExact(
        layout,
        VideoOptions.builder(66, 34, 25).codec(codec).pixelFormat(format),
        order.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  @RequiresGpl
  @ParameterizedTest
  @CsvSource({
    "I420, yuv420p",
    "NV12, yuv420p",
    "NV12, nv12",
    "NV21, nv21",
    "I420, nv12",
    "I422, yuv422p",
    "I444, yuv444p",
    "P010, yuv420p10le",
    "I420_10, yuv420p10le"
  })
  void addFrame_losslessX264_isBitExact(PixelLayout layout, String format) throws IOException {
    assertBitExact(
        layout,
        VideoOptions.builder(66, 34, 25)
            .codec("libx264")
            .quality(Quality.LOSSLESS)
            .pixelFormat(format),
        ByteOrder.LITTLE_ENDIAN);
  }

  @RequiresGpl
  @Test
  void addFrame_losslessX265_isBitExact() throws IOException {
    assertBitExact(
        PixelLayout.I420,
        VideoOptions.builder(66, 34, 25)
            .codec("libx265")
            .quality(Quality.LOSSLESS)
            .pixelFormat("yuv420p"),
        ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertBitExact(
      PixelLayout layout, VideoOptions.Builder options, ByteOrder order) throws IOException {
    ByteBuffer buffer = random(layout, 66, 34, order);

    DecodedFrame frame =
        Fixtures.roundTrip(
            options.color(ColorSpec.BT601_FULL).build(),
            "mkv",
            VideoFrame.of(layout, 66, 34, buffer));

    for (int c = 0; c < 3; c++) {
      int width = c == 0 ? 66 : frame.chromaWidth();
      int height = c == 0 ? 34 : frame.chromaHeight();
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          assertThat(frame.value(c, x, y))
              .as("component %d at %d,%d", c, x, y)
              .isEqualTo(component(buffer, layout, c, x, y, width));
        }
      }
    }
    assertThat(frame.tags.colors()).isEqualTo("smpte170m pc smpte170m smpte170m");
  }

  /** Returns random values of the layout's bit depth. */
  private static ByteBuffer random(PixelLayout layout, int width, int height, ByteOrder order) {
    int bytes = (int) layout.frameBytes(width, height);
    ByteBuffer buffer = ByteBuffer.wrap(Fixtures.noise(bytes, 8)).order(order);
    if (layout.bytesPerComponent() == 2) {
      for (int at = 0; at < bytes; at += 2) {
        int value = buffer.getShort(at) & 0x3FF;
        buffer.putShort(at, (short) (layout == PixelLayout.P010 ? value << 6 : value));
      }
    }
    return buffer;
  }

  private static int component(
      ByteBuffer buffer, PixelLayout layout, int c, int x, int y, int width) {
    int at = 0;
    for (int plane = 0; plane < Math.min(c, layout.planeCount() - 1); plane++) {
      at += layout.rowBytes(plane, 66) * layout.planeHeight(plane, 34);
    }
    int size = layout.bytesPerComponent();
    boolean pairs = layout.planeCount() == 2 && c > 0;
    if (pairs) {
      int inPair = (layout == PixelLayout.NV21 ? 2 - c : c - 1) * size;
      at += y * 2 * width * size + 2 * x * size + inPair;
    } else {
      at += (y * width + x) * size;
    }
    int value = size == 1 ? buffer.get(at) & 0xFF : buffer.getShort(at) & 0xFFFF;
    return layout == PixelLayout.P010 ? value >> 6 : value;
  }

  @Test
  void addFrame_oddSizeI444_isBitExact() throws IOException {
    byte[] pixels = Fixtures.noise((int) PixelLayout.I444.frameBytes(65, 33), 9);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(65, 33, 25).codec("ffv1").pixelFormat("yuv444p").build(),
            "mkv",
            VideoFrame.of(PixelLayout.I444, 65, 33, pixels));

    assertThat(frame.bytes()).isEqualTo(pixels);
  }

  @ParameterizedTest
  @CsvSource({"I420", "NV12", "I422", "I444", "P010", "I420_10"})
  void addFrame_otherFormat_keepsColors(PixelLayout layout) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) layout.frameBytes(64, 48)).order(ByteOrder.LITTLE_ENDIAN);
    flat(buffer, layout, 120, 90, 170);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 48, 25).codec("ffv1").pixelFormat("yuv422p10le").build(),
            "mkv",
            VideoFrame.of(layout, 64, 48, buffer));

    assertThat(frame.value(0, 40, 30)).isEqualTo(120 * 4);
    assertThat(frame.value(1, 20, 30)).isEqualTo(90 * 4);
    assertThat(frame.value(2, 20, 30)).isEqualTo(170 * 4);
    assertThat(frame.tags.colors()).isEqualTo("bt709 tv bt709 bt709");
  }

  private static void flat(ByteBuffer buffer, PixelLayout layout, int y, int u, int v) {
    int size = layout.bytesPerComponent();
    int scale = layout == PixelLayout.P010 ? 256 : size == 2 ? 4 : 1;
    int[] values = {y, u, v};
    int at = 0;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      int count = layout.rowBytes(plane, 64) * layout.planeHeight(plane, 48) / size;
      for (int i = 0; i < count; i++) {
        int c = plane == 1 && layout.planeCount() == 2 ? 1 + i % 2 : plane;
        if (size == 1) {
          buffer.put(at, (byte) values[c]);
        } else {
          buffer.putShort(at, (short) (values[c] * scale));
        }
        at += size;
      }
    }
  }

  @Test
  void addFrame_yuvToRgb_matchesInverseFormula() throws IOException {
    byte[] pixels = new byte[(int) PixelLayout.I444.frameBytes(64, 48)];
    flat(ByteBuffer.wrap(pixels), PixelLayout.I444, 120, 90, 170);

    DecodedFrame frame =
        Fixtures.roundTrip(
            VideoOptions.builder(64, 48, 25)
                .codec("png")
                .pixelFormat("rgb24")
                .color(ColorSpec.BT709_LIMITED)
                .build(),
            "mkv",
            VideoFrame.of(PixelLayout.I444, 64, 48, pixels));

    double[] exact = Colors.toRgb("bt709", false, 8, 120, 90, 170);
    for (int c = 0; c < 3; c++) {
      assertThat((double) frame.value(c, 5, 5)).isCloseTo(exact[c], Assertions.within(0.51));
    }
  }
}
