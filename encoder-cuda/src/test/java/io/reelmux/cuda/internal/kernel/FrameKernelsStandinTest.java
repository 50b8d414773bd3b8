package io.reelmux.cuda.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import io.reelmux.testing.RequiresStandin;
import io.reelmux.testing.Standin;
import java.util.Arrays;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arguments refused before a launch, failures of the driver, and the order of work. */
@RequiresStandin
class FrameKernelsStandinTest {
  private static final ColorSpec COLOR = ColorSpec.BT709_LIMITED;

  private KernelRunner runner;

  @BeforeEach
  void open() throws EncoderException {
    runner = new KernelRunner();
  }

  @AfterEach
  void close() throws EncoderException {
    runner.close();
  }

  @Test
  void convert_layoutWithoutKernel_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convert(PixelLayout.I420, 8, 64))
        .withMessageContaining("I420");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convert(PixelLayout.P010, 8, 256))
        .withMessageContaining("P010");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convert(PixelLayout.NV12, 10, 64))
        .withMessageContaining("NV12");
  }

  @Test
  void convert_pitchBelowRowSize_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convert(PixelLayout.RGB24, 8, 191))
        .withMessageContaining("pitch 191");
  }

  @Test
  void convert_pitchAboveIntRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convert(PixelLayout.RGB24, 8, 1L << 31))
        .withMessageContaining("2147483648");
  }

  @Test
  void convert_planesOfAnotherLayout_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                runner
                    .kernels()
                    .convert(
                        null,
                        PixelLayout.RGB_PLANAR,
                        new long[] {runner.surfaceAddress()},
                        new long[] {64},
                        target(8),
                        64,
                        2,
                        COLOR))
        .withMessageContaining("RGB_PLANAR has 3");
  }

  @Test
  void surface_unalignedOrTooNarrow_isRefused() {
    long address = runner.surfaceAddress();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SurfaceTarget(address + 8, 64, address + 4096, 64, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SurfaceTarget(address, 72, address + 4096, 64, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SurfaceTarget(address, 64, address + 4096, 64, 12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> convert(PixelLayout.GRAY8, 10, 64))
        .withMessageContaining("too small");
  }

  @Test
  void load_driverFails_namesCallAndError(Standin standin) {
    standin.set("FAIL_MODULE", 222);

    assertThatThrownBy(FrameKernels::load)
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("load the conversion kernels")
        .hasMessageContaining("cuModuleLoadData returned CUDA_ERROR_UNSUPPORTED_PTX_VERSION")
        .hasMessageContaining("(code 222)");
  }

  @Test
  void convert_driverFails_namesCallAndError(Standin standin) {
    standin.set("FAIL_LAUNCH", 700);

    assertThatThrownBy(() -> convert(PixelLayout.GRAY8, 8, 64))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("start the kernel reelmux_gray8")
        .hasMessageContaining("cuLaunchKernel returned CUDA_ERROR_ILLEGAL_ADDRESS");
  }

  @Test
  void load_withoutContext_isRefused() {
    CUctx_st popped = new CUctx_st();
    DeviceBuffer.check(cuCtxPopCurrent(popped));

    assertThatThrownBy(FrameKernels::load)
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("CUDA_ERROR_INVALID_CONTEXT");
    DeviceBuffer.check(cuCtxPushCurrent(popped));
  }

  @Test
  void close_twice_hasNoFurtherEffect() throws EncoderException {
    FrameKernels kernels = FrameKernels.load();

    kernels.close();
    kernels.close();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                kernels.convert(
                    null,
                    PixelLayout.GRAY8,
                    new long[] {runner.surfaceAddress()},
                    new long[] {64},
                    target(8),
                    64,
                    2,
                    COLOR));
  }

  /** The second call overwrites the parameter in native memory before the first kernel has run. */
  @Test
  void convert_twiceBeforeEitherRuns_convertsBothFrames() throws EncoderException {
    CUstream_st stream = new CUstream_st();
    DeviceBuffer.check(cuStreamCreate(stream, CU_STREAM_NON_BLOCKING));
    TestFrame first = new TestFrame(PixelLayout.GRAY8, 40, 6, 1, 1);
    TestFrame second = new TestFrame(PixelLayout.RGB24, 16, 4, 1, 2);
    ExpectedSurface expected = new ExpectedSurface(first, 8);
    runner.fill(expected);
    try (DeviceBuffer memory = new DeviceBuffer(4096)) {
      SurfaceTarget other = new SurfaceTarget(memory.address(), 16, memory.address() + 1024, 16, 8);
      long[] planes = runner.upload(first, true, 1);
      long secondPlane = memory.address() + 2048;
      memory.upload(secondPlane, second.planes[0]);

      runner.start(stream, first, planes, expected, COLOR);
      runner
          .kernels()
          .convert(
              stream,
              second.layout,
              new long[] {secondPlane},
              second.pitches,
              other,
              second.width,
              second.height,
              COLOR);

      DeviceBuffer.check(cuStreamSynchronize(stream));
      expected.draw(COLOR);
      assertThat(runner.result(expected)).isEqualTo(expected.bytes);
      PlainFormula formula = new PlainFormula(second, COLOR, 8);
      assertThat(memory.download(1)[0] & 0xff).isEqualTo(formula.luma(0, 0));
      assertThat(memory.download(1026)[1025] & 0xff).isEqualTo(formula.chroma(2, 0, 0));
    }
    DeviceBuffer.check(cuStreamDestroy(stream));
  }

  private void convert(PixelLayout layout, int bits, long pitch) throws EncoderException {
    int count = layout.planeCount();
    long[] planes = new long[count];
    long[] pitches = new long[count];
    Arrays.fill(planes, runner.surfaceAddress());
    Arrays.fill(pitches, pitch);
    runner.kernels().convert(null, layout, planes, pitches, target(bits), 64, 2, COLOR);
  }

  private SurfaceTarget target(int bits) {
    long address = runner.surfaceAddress();
    return new SurfaceTarget(address, 64, address + 4096, 64, bits);
  }
}
