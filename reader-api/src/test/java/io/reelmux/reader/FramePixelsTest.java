package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.reader.spi.FrameFacts;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames as images, as frames of an encoder, and as tensors. */
class FramePixelsTest {
  private static final int WIDTH = 3;
  private static final int HEIGHT = 2;

  private static ReadFrame frame(PixelLayout layout, ByteBuffer pixels, long pts) {
    FrameFacts facts = new FrameFacts(5, pts, 2, false, false, 'B');
    return new ReadFrame(facts, new TimeBase(1, 10), layout, WIDTH, HEIGHT, pixels, null);
  }

  /** Red is 10, green 100, blue 200 and alpha 50 of 255 in the pixel in column 2 of row 1. */
  private static ByteBuffer pixel(PixelLayout layout, String order) {
    ByteBuffer pixels =
        ByteBuffer.allocate((int) layout.frameBytes(WIDTH, HEIGHT)).order(ByteOrder.LITTLE_ENDIAN);
    int size = layout.bytesPerComponent();
    for (int c = 0; c < order.length(); c++) {
      int value = value(order.charAt(c));
      int index = layout.planeCount() > 1 ? c * 6 + 5 : 5 * order.length() + c;
      if (layout == PixelLayout.RGB_PLANAR_F16) {
        pixels.putShort(index * size, half(value / 255f));
      } else if (layout.isFloat()) {
        pixels.putFloat(index * size, value / 255f);
      } else if (size == 2) {
        pixels.putShort(index * size, (short) (value * 257));
      } else {
        pixels.put(index, (byte) value);
      }
    }
    return pixels;
  }

  private static int value(char component) {
    return switch (component) {
      case 'R' -> 10;
      case 'G' -> 100;
      case 'B' -> 200;
      default -> 50;
    };
  }

  /** Truncates a normal float to binary16. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    return (short) (((bits >> 23) - 112) << 10 | (bits >> 13) & 0x3FF);
  }

  @ParameterizedTest
  @CsvSource({
    "RGB24, RGB",
    "BGR24, BGR",
    "RGBA, RGBA",
    "BGRA, BGRA",
    "ARGB, ARGB",
    "ABGR, ABGR",
    "RGB_PLANAR, RGB",
    "RGB48, RGB",
    "RGB48_PLANAR, RGB",
    "RGBA64, RGBA",
    "RGB_F32, RGB",
    "RGBA_F32, RGBA",
    "RGB_PLANAR_F32, RGB",
    "RGB_PLANAR_F16, RGB"
  })
  void toImage_rgbLayouts_hasTheColors(PixelLayout layout, String order) {
    BufferedImage image = frame(layout, pixel(layout, order), 0).toImage();

    int alpha = layout.hasAlpha() ? 50 : 255;
    assertThat(image.getRGB(2, 1)).isEqualTo(alpha << 24 | 10 << 16 | 100 << 8 | 200);
    assertThat(image.getRGB(1, 1) & 0xFFFFFF).isZero();
    assertThat(image.getWidth()).isEqualTo(WIDTH);
  }

  @ParameterizedTest
  @EnumSource(names = {"GRAY8", "GRAY16", "GRAY_F32"})
  void toImage_gray_hasTheStoredValue(PixelLayout layout) {
    BufferedImage image = frame(layout, pixel(layout, "Y"), 0).toImage();

    int max = layout == PixelLayout.GRAY16 ? 257 : 1;
    assertThat(image.getRaster().getSample(2, 1, 0)).isEqualTo(50 * max);
    assertThat(image.getRaster().getSample(0, 0, 0)).isZero();
  }

  @Test
  void toImage_yuv_isRefused() {
    ReadFrame frame = frame(PixelLayout.I420, pixel(PixelLayout.I420, ""), 0);

    assertThatThrownBy(frame::toImage)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("an image cannot be made of I420: read RGB24 or another RGB layout");
  }

  @Test
  void toVideoFrame_frame_hasItsTimeAndSharesTheMemory() {
    ByteBuffer pixels = pixel(PixelLayout.GRAY16, "Y");
    ReadFrame frame = frame(PixelLayout.GRAY16, pixels, 30);

    VideoFrame timed = frame.toVideoFrame();

    assertThat(timed.pts()).hasValue(Duration.ofSeconds(3));
    assertThat(timed.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(frame.toVideoFrame(Duration.ofSeconds(1)).pts()).hasValue(Duration.ofSeconds(2));
    assertThat(frame.toUntimedVideoFrame().pts()).isEmpty();
    assertThat(frame.duration()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void toVideoFrame_beforeTheStart_isRefused() {
    ReadFrame frame = frame(PixelLayout.GRAY8, pixel(PixelLayout.GRAY8, "Y"), -1);

    assertThatThrownBy(frame::toVideoFrame)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "frame 5 is at PT-0.1S, before PT0S: times of an encoder must not be negative;"
                + " toVideoFrame(start) subtracts another");
    assertThat(frame.toVideoFrame(Duration.ofSeconds(-1)).pts()).hasValue(Duration.ofMillis(900));
  }

  @ParameterizedTest
  @CsvSource({
    "RGB24, '7, 2, 4, 3'",
    "RGBA64, '7, 2, 4, 4'",
    "GRAY_F32, '7, 2, 4'",
    "RGB_PLANAR, '7, 3, 2, 4'",
    "RGB_PLANAR_F16, '7, 3, 2, 4'",
    "I444, '7, 3, 2, 4'",
    "NV12, '7, 3, 4'",
    "P010, '7, 3, 4'",
    "I420, '7, 3, 4'",
    "I422, '7, 4, 4'"
  })
  void shape_layouts_isThatOfATensor(PixelLayout layout, String shape) {
    FrameFacts facts = new FrameFacts(0, 0, 0, false, false, 'I');
    ByteBuffer data = ByteBuffer.allocate(7 * (int) layout.frameBytes(4, 2));
    FrameBatch batch =
        new FrameBatch(Collections.nCopies(7, facts), new TimeBase(1, 10), layout, 4, 2, data);

    assertThat(batch.shape())
        .containsExactly(
            java.util.Arrays.stream(shape.split(", ", -1)).mapToLong(Long::parseLong).toArray());
    long components = java.util.Arrays.stream(batch.shape()).reduce(1, (a, b) -> a * b);
    assertThat(components * layout.bytesPerComponent()).isEqualTo(data.capacity());
  }

  @Test
  void shape_oddWidthOf420_isFlat() {
    FrameFacts facts = new FrameFacts(0, 0, 0, false, false, 'I');
    ByteBuffer data = ByteBuffer.allocate((int) PixelLayout.I420.frameBytes(5, 3));

    FrameBatch batch =
        new FrameBatch(
            Collections.nCopies(1, facts), new TimeBase(1, 1), PixelLayout.I420, 5, 3, data);

    assertThat(batch.shape()).containsExactly(1, 15 + 2 * 6);
  }
}
