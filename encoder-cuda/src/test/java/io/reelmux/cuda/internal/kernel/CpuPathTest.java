package io.reelmux.cuda.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ColorSpec;
import io.reelmux.ColorSpec.Matrix;
import io.reelmux.ColorSpec.Primaries;
import io.reelmux.ColorSpec.Range;
import io.reelmux.ColorSpec.Transfer;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.ffmpeg.internal.video.CpuPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The formula that the kernels must match agrees with the CPU backend: no code differs by more than
 * one, and very few differ at all, including at the edges. Even sizes only: the CPU path supports
 * no others.
 */
class CpuPathTest {
  private static final int[][] SIZES = {{2, 2}, {4, 2}, {2, 4}, {6, 10}, {64, 64}, {322, 182}};

  /** Some ties round the other way, and zimg uses 32-bit floats. */
  private static final double MAX_DIFFERENT_SHARE = 0.002;

  @ParameterizedTest
  @MethodSource("conversions")
  void formula_againstCpuPath_differsByRoundingOnly(
      PixelLayout layout, Matrix matrix, Range range, int bits) throws IOException {
    ColorSpec color = new ColorSpec(matrix, range, Primaries.BT709, Transfer.BT709);
    int codes = 0;
    int different = 0;
    for (int[] size : SIZES) {
      TestFrame frame = new TestFrame(layout, size[0], size[1], 1, size[0]);

      byte[] cpu = CpuPath.yuv420(videoFrame(frame), color, bits);

      int[] expected = codes(cpu, bits);
      int[] actual = planes(new PlainFormula(frame, color, bits), size[0], size[1]);
      for (int i = 0; i < expected.length; i++) {
        int difference = Math.abs(actual[i] - expected[i]);
        assertThat(difference).as("%dx%d, code %d", size[0], size[1], i).isLessThanOrEqualTo(1);
        different += difference;
        codes++;
      }
    }
    assertThat(different / (double) codes).isLessThan(MAX_DIFFERENT_SHARE);
  }

  static Stream<Object[]> conversions() {
    return Stream.of(
            PixelLayout.RGB_PLANAR,
            PixelLayout.RGB24,
            PixelLayout.BGR24,
            PixelLayout.RGBA,
            PixelLayout.BGRA,
            PixelLayout.GRAY8)
        .flatMap(
            layout ->
                Arrays.stream(Matrix.values())
                    .flatMap(
                        matrix ->
                            Arrays.stream(Range.values())
                                .flatMap(
                                    range ->
                                        Stream.of(8, 10)
                                            .map(
                                                bits ->
                                                    new Object[] {layout, matrix, range, bits}))));
  }

  private static VideoFrame videoFrame(TestFrame frame) {
    ByteBuffer packed =
        ByteBuffer.allocate((int) frame.layout.frameBytes(frame.width, frame.height));
    for (byte[] plane : frame.planes) {
      packed.put(plane);
    }
    return VideoFrame.of(frame.layout, frame.width, frame.height, packed.flip());
  }

  private static int[] codes(byte[] planes, int bits) {
    int[] codes = new int[bits == 8 ? planes.length : planes.length / 2];
    for (int i = 0; i < codes.length; i++) {
      codes[i] =
          bits == 8 ? planes[i] & 0xff : (planes[2 * i] & 0xff) | (planes[2 * i + 1] & 0xff) << 8;
    }
    return codes;
  }

  private static int[] planes(PlainFormula formula, int width, int height) {
    int[] codes = new int[width * height * 3 / 2];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        codes[i++] = formula.luma(x, y);
      }
    }
    for (int component = 1; component <= 2; component++) {
      for (int y = 0; y < height / 2; y++) {
        for (int x = 0; x < width / 2; x++) {
          codes[i++] = formula.chroma(component, x, y);
        }
      }
    }
    return codes;
  }
}
