package io.reelmux.cuda.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxSynchronize;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;

import io.reelmux.ColorSpec;
import io.reelmux.PixelLayout;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What kernels write, byte for byte, wherever they run: a subclass says on what driver.
 *
 * <p>Every size from 1x1 to 67x67 for each layout and depth, with the six combinations of matrix
 * and range in turn; all six at sizes that take several blocks. Each plane of the source ends where
 * its allocation ends (or, aligned for wide reads, just before), and every third time begins where
 * it begins; everything around the picture in the surface must stay as it was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ColorKernels {
  private static final int LARGEST = 67;
  private static final int[][] LARGE_SIZES = {
    {300, 50}, {513, 33}, {1, 300}, {257, 17}, {264, 48}, {322, 182}
  };
  private static final ColorSpec[] COLORS =
      Stream.of(ColorSpec.BT709_LIMITED, ColorSpec.BT601_LIMITED, ColorSpec.BT2020_LIMITED)
          .flatMap(color -> Stream.of(color, color.withRange(ColorSpec.Range.FULL)))
          .toArray(ColorSpec[]::new);

  private static final int BUFFER_BYTES = 1 << 20;

  private final CUctx_st context = new CUctx_st();
  private final DeviceBuffer[] sources = new DeviceBuffer[3];
  private DeviceBuffer surface;
  private PictureKernels kernels;

  @BeforeAll
  final void open() throws Exception {
    DeviceBuffer.check(cuInit(0));
    DeviceBuffer.check(cuDevicePrimaryCtxRetain(context, 0));
    DeviceBuffer.check(cuCtxPushCurrent(context));
    for (int plane = 0; plane < sources.length; plane++) {
      sources[plane] = new DeviceBuffer(BUFFER_BYTES);
    }
    surface = new DeviceBuffer(BUFFER_BYTES);
    kernels = PictureKernels.load();
    DeviceBuffer.check(cuCtxPopCurrent(context));
  }

  @AfterAll
  final void close() throws Exception {
    DeviceBuffer.check(cuCtxPushCurrent(context));
    kernels.close();
    surface.close();
    for (DeviceBuffer source : sources) {
      source.close();
    }
    DeviceBuffer.check(cuCtxPopCurrent(context));
    DeviceBuffer.check(cuDevicePrimaryCtxRelease(0));
  }

  static Stream<Object[]> conversions() {
    return Arrays.stream(PixelLayout.values())
        .flatMap(
            layout ->
                Stream.of(8, 10)
                    .filter(bits -> PictureKernels.handles(layout, bits))
                    .map(bits -> new Object[] {layout, bits}));
  }

  @Test
  void conversions_areOfEveryLayoutOfTheContract() {
    assertThat(conversions()).hasSize(8 * 2 + 2);
  }

  @ParameterizedTest
  @MethodSource("conversions")
  void convert_everySmallSize_isThePlainFormula(PixelLayout layout, int bits) throws Exception {
    DeviceBuffer.check(cuCtxPushCurrent(context));
    for (int height = 1; height <= LARGEST; height++) {
      for (int width = 1; width <= LARGEST; width++) {
        convert(layout, width, height, bits, COLORS[(width + height * LARGEST) % COLORS.length]);
      }
    }
    DeviceBuffer.check(cuCtxPopCurrent(context));
  }

  @ParameterizedTest
  @MethodSource("conversions")
  void convert_everyMatrixAndRange_isThePlainFormula(PixelLayout layout, int bits)
      throws Exception {
    DeviceBuffer.check(cuCtxPushCurrent(context));
    for (ColorSpec color : COLORS) {
      for (int[] size : LARGE_SIZES) {
        convert(layout, size[0], size[1], bits, color);
      }
    }
    DeviceBuffer.check(cuCtxPopCurrent(context));
  }

  private void convert(PixelLayout layout, int width, int height, int bits, ColorSpec color)
      throws Exception {
    int turn = width + 2 * height;
    int alignment = new int[] {1, 16, 4, 8}[turn / 3 % 4];
    TestPicture picture = new TestPicture(layout, width, height, alignment, width * 71 + height);
    ExpectedSurface expected = new ExpectedSurface(picture, bits);
    byte[] before = expected.bytes.clone();
    surface.upload(surface.address(), before);
    long[] planes = new long[picture.planes.length];
    for (int plane = 0; plane < planes.length; plane++) {
      DeviceBuffer buffer = sources[plane];
      long end = buffer.address() + buffer.size() - picture.planes[plane].length;
      planes[plane] = turn % 3 == 0 ? buffer.address() : end & -alignment;
      buffer.upload(planes[plane], picture.planes[plane]);
    }

    kernels.convert(
        null,
        layout,
        planes,
        picture.pitches,
        expected.target(surface.address()),
        width,
        height,
        color);
    DeviceBuffer.check(cuCtxSynchronize());

    byte[] actual = surface.download(expected.bytes.length);
    if (layout.isYuv()) {
      expected.copy();
    } else {
      expected.convert(color);
    }
    int difference = Arrays.mismatch(actual, expected.bytes);
    assertThat(difference)
        .as(
            "%s %dx%d to %d bits, %s %s, alignment %d: first byte that differs (luma from 64, pitch %d, chroma from %d, pitch %d)",
            layout,
            width,
            height,
            bits,
            color.matrix(),
            color.range(),
            alignment,
            expected.lumaPitch,
            expected.chromaStart,
            expected.chromaPitch)
        .isEqualTo(-1);
  }
}
