package io.reelmux.cuda.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the output of the kernels byte for byte; a subclass selects the driver.
 *
 * <p>Covers every size from 1x1 to 67x67 for each layout and bit depth, cycling through the six
 * combinations of matrix and range, and all six at sizes that need several blocks. Each plane of
 * the source ends where its allocation ends (or, aligned for wide reads, just before), and every
 * third one starts where it starts; everything around the frame in the surface must stay unchanged.
 */
abstract class ColorKernels {
  private static final int MAX_SIDE = 67;
  private static final int[][] LARGE_SIZES = {
    {300, 50}, {513, 33}, {1, 300}, {257, 17}, {264, 48}, {322, 182}
  };
  private static final ColorSpec[] COLORS =
      Stream.of(ColorSpec.BT709_LIMITED, ColorSpec.BT601_LIMITED, ColorSpec.BT2020_LIMITED)
          .flatMap(color -> Stream.of(color, color.withRange(ColorSpec.Range.FULL)))
          .toArray(ColorSpec[]::new);

  private KernelRunner runner;

  @BeforeEach
  final void open() throws EncoderException {
    runner = new KernelRunner();
  }

  @AfterEach
  final void close() throws EncoderException {
    runner.close();
  }

  static Stream<Object[]> conversions() {
    return Arrays.stream(PixelLayout.values())
        .flatMap(
            layout ->
                Stream.of(8, 10)
                    .filter(bits -> FrameKernels.handles(layout, bits))
                    .map(bits -> new Object[] {layout, bits}));
  }

  @Test
  void conversions_coverEverySupportedLayout() {
    assertThat(conversions()).hasSize(8 * 2 + 2);
  }

  @ParameterizedTest
  @MethodSource("conversions")
  void convert_everySmallSize_matchesThePlainFormula(PixelLayout layout, int bits)
      throws EncoderException {
    for (int height = 1; height <= MAX_SIDE; height++) {
      for (int width = 1; width <= MAX_SIDE; width++) {
        noise(layout, width, height, bits, COLORS[(width + height * MAX_SIDE) % COLORS.length]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("conversions")
  void convert_everyMatrixAndRange_matchesThePlainFormula(PixelLayout layout, int bits)
      throws EncoderException {
    for (ColorSpec color : COLORS) {
      for (int[] size : LARGE_SIZES) {
        noise(layout, size[0], size[1], bits, color);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("conversions")
  void convert_saturatedColors_staysInRange(PixelLayout layout, int bits) throws EncoderException {
    for (ColorSpec color : COLORS) {
      for (int rgb = 0; rgb < 8; rgb++) {
        TestFrame frame = TestFrame.flat(layout, 19, 5, rgb);
        compare(frame, runner.upload(frame, true, 1), bits, color);
      }
    }
  }

  private void noise(PixelLayout layout, int width, int height, int bits, ColorSpec color)
      throws EncoderException {
    int turn = width + 2 * height;
    int alignment = new int[] {1, 16, 4, 8}[turn / 3 % 4];
    TestFrame frame = new TestFrame(layout, width, height, alignment, width * 71 + height);
    compare(frame, runner.upload(frame, turn % 3 != 0, alignment), bits, color);
  }

  private void compare(TestFrame frame, long[] planes, int bits, ColorSpec color)
      throws EncoderException {
    ExpectedSurface expected = new ExpectedSurface(frame, bits);
    runner.fill(expected);

    runner.start(null, frame, planes, expected, color);

    byte[] actual = runner.result(expected);
    expected.draw(color);
    assertThat(Arrays.mismatch(actual, expected.bytes))
        .as(
            "%s %dx%d to %d bits, %s %s: first byte that differs (luma from 64, pitch %d, chroma from %d, pitch %d)",
            frame.layout,
            frame.width,
            frame.height,
            bits,
            color.matrix(),
            color.range(),
            expected.lumaPitch,
            expected.chromaStart,
            expected.chromaPitch)
        .isEqualTo(-1);
  }
}
