package io.reelmux.ffmpeg.internal.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_NV12;

import io.reelmux.AlphaMode;
import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import io.reelmux.RgbConversion;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.av.NativeLibraries;
import io.reelmux.ffmpeg.spi.FrameFormat;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conversion in Java, compared with the formulas in double precision, sample by sample. */
class Nv12ConversionTest {

  /** Half a step, and what fixed point adds to it. */
  private static final double NEAREST = 0.51;

  private static final int[][] SIZES = {
    {1, 1}, {2, 2}, {3, 5}, {4, 4}, {5, 2}, {6, 7}, {7, 1}, {65, 9}, {130, 33}, {333, 17}
  };

  @BeforeAll
  static void load() throws IOException {
    NativeLibraries.load();
  }

  static Stream<Arguments> colors() {
    return Stream.of(ColorSpec.Matrix.values())
        .flatMap(
            matrix ->
                Stream.of(ColorSpec.Range.values()).map(range -> Arguments.of(matrix, range)));
  }

  @ParameterizedTest
  @MethodSource("colors")
  void convert_everySize_isExactToHalfAStep(ColorSpec.Matrix matrix, ColorSpec.Range range)
      throws IOException {
    ColorSpec color =
        new ColorSpec(matrix, range, ColorSpec.Primaries.BT709, ColorSpec.Transfer.BT709);
    for (int[] size : SIZES) {
      int width = size[0];
      int height = size[1];
      try (FrameConverter converter = converter(color, width, height)) {
        // memory is used in turn, and must not show what it held before
        for (int seed = 0; seed < 3; seed++) {
          byte[] rgb = noise(width * height * 3, seed);
          check(converter, color, width, height, rgb);
        }
        check(converter, color, width, height, saturated(width * height));
      }
    }
  }

  /** Blue and red, which full range cannot tell from a code of 256, then black and white. */
  private static byte[] saturated(int pixels) {
    byte[] rgb = new byte[pixels * 3];
    for (int i = 0; i < pixels; i++) {
      int color = new int[] {0x0000FF, 0xFF0000, 0xFFFF00, 0x00FFFF, 0, 0xFFFFFF}[i * 6 / pixels];
      rgb[3 * i] = (byte) (color >> 16);
      rgb[3 * i + 1] = (byte) (color >> 8);
      rgb[3 * i + 2] = (byte) color;
    }
    return rgb;
  }

  /** Pixels of few values only, so that many are at the ends of their range. */
  private static byte[] noise(int bytes, int seed) {
    Random random = new Random(seed);
    byte[] noise = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      noise[i] = (byte) (seed == 0 ? random.nextInt(256) : random.nextInt(2) * 255);
    }
    return noise;
  }

  private static FrameConverter converter(ColorSpec color, int width, int height)
      throws IOException {
    VideoFrame sample =
        VideoFrame.of(PixelLayout.RGB24, width, height, new byte[width * height * 3]);
    FrameFormat format =
        new FrameFormat(
            AV_PIX_FMT_NV12,
            width,
            height,
            color,
            color,
            avutil.AVCHROMA_LOC_LEFT,
            AlphaMode.DROP,
            0);
    return new FrameConverter(
        sample, format, Placement.whole(format), RgbConversion.JAVA, null, null);
  }

  private static void check(
      FrameConverter converter, ColorSpec color, int width, int height, byte[] rgb)
      throws IOException {
    AVFrame frame = converter.convert(VideoFrame.of(PixelLayout.RGB24, width, height, rgb));
    assertThat(frame.format()).isEqualTo(AV_PIX_FMT_NV12);
    assertThat(frame.color_range() == avutil.AVCOL_RANGE_JPEG)
        .isEqualTo(color.range() == ColorSpec.Range.FULL);
    Exact exact = new Exact(color, width, height, rgb);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat((double) value(frame, 0, x, y))
            .as("luma of %dx%d at %d,%d", width, height, x, y)
            .isCloseTo(exact.luma(x, y), within(NEAREST));
      }
    }
    for (int y = 0; y < (height + 1) / 2; y++) {
      for (int x = 0; x < (width + 1) / 2; x++) {
        for (int c = 1; c < 3; c++) {
          assertThat((double) value(frame, 1, 2 * x + c - 1, y))
              .as("chroma %d of %dx%d at %d,%d", c, width, height, x, y)
              .isCloseTo(Math.min(255, exact.chroma(c, x, y)), within(NEAREST));
        }
      }
    }
  }

  private static int value(AVFrame frame, int plane, int x, int y) {
    return frame.data(plane).get((long) y * frame.linesize(plane) + x) & 0xFF;
  }

  @Test
  void convert_otherLayouts_areTheSameFrame() throws IOException {
    int width = 70;
    int height = 6;
    byte[] rgb = noise(width * height * 3, 0);
    byte[] planar = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      planar[i % 3 * width * height + i / 3] = rgb[i];
    }
    byte[][] converted = new byte[2][];
    VideoFrame[] frames = {
      VideoFrame.of(PixelLayout.RGB24, width, height, rgb),
      VideoFrame.of(PixelLayout.RGB_PLANAR, width, height, planar)
    };
    for (int i = 0; i < frames.length; i++) {
      FrameFormat format =
          new FrameFormat(
              AV_PIX_FMT_NV12,
              width,
              height,
              ColorSpec.BT709_LIMITED,
              ColorSpec.BT709_LIMITED,
              avutil.AVCHROMA_LOC_LEFT,
              AlphaMode.DROP,
              0);
      try (FrameConverter converter =
          new FrameConverter(
              frames[i], format, Placement.whole(format), RgbConversion.JAVA, null, null)) {
        AVFrame frame = converter.convert(frames[i]);
        converted[i] = new byte[width * height * 3 / 2];
        for (int k = 0; k < converted[i].length; k++) {
          int row = k / width;
          converted[i][k] =
              (byte)
                  (row < height
                      ? value(frame, 0, k % width, row)
                      : value(frame, 1, k % width, row - height));
        }
      }
    }
    assertThat(converted[1]).isEqualTo(converted[0]);
  }

  /** Chroma at the left, midway between two rows: 1-2-1 across, 1-3-3-1 down. */
  private record Exact(ColorSpec color, int width, int height, byte[] rgb) {
    private static final int[] ACROSS = {1, 2, 1};
    private static final int[] DOWN = {1, 3, 3, 1};

    private double component(int c, int x, int y) {
      int column = Math.max(0, Math.min(x, width - 1));
      int row = Math.max(0, Math.min(y, height - 1));
      return (rgb[(row * width + column) * 3 + c] & 0xFF) / 255.0;
    }

    private boolean full() {
      return color.range() == ColorSpec.Range.FULL;
    }

    private double gray(double r, double g, double b) {
      double kr = color.matrix().kr();
      double kb = color.matrix().kb();
      return kr * r + (1 - kr - kb) * g + kb * b;
    }

    double luma(int x, int y) {
      double gray = gray(component(0, x, y), component(1, x, y), component(2, x, y));
      return full() ? 255 * gray : 16 + 219 * gray;
    }

    double chroma(int c, int x, int y) {
      double[] sums = new double[3];
      for (int i = 0; i < ACROSS.length; i++) {
        for (int j = 0; j < DOWN.length; j++) {
          for (int k = 0; k < 3; k++) {
            sums[k] += ACROSS[i] * DOWN[j] * component(k, 2 * x - 1 + i, 2 * y - 1 + j) / 32;
          }
        }
      }
      double gray = gray(sums[0], sums[1], sums[2]);
      double difference =
          c == 1
              ? (sums[2] - gray) / (2 * (1 - color.matrix().kb()))
              : (sums[0] - gray) / (2 * (1 - color.matrix().kr()));
      return 128 + (full() ? 255 : 224) * difference;
    }
  }
}
