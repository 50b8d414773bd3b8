package io.reelmux.cuda.internal.kernel;

import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxSynchronize;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.jspecify.annotations.Nullable;

/**
 * Owns everything a test needs to run kernels: the primary context of device 0, current on the
 * test's thread, the kernels, and memory for a frame and a surface.
 */
final class KernelRunner implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final CUctx_st context = new CUctx_st();
  private final DeviceBuffer[] sources = new DeviceBuffer[3];
  private final DeviceBuffer surface;
  private final FrameKernels kernels;

  KernelRunner() throws EncoderException {
    DeviceBuffer.check(cuInit(0));
    DeviceBuffer.check(cuDevicePrimaryCtxRetain(context, 0));
    DeviceBuffer.check(cuCtxPushCurrent(context));
    for (int plane = 0; plane < sources.length; plane++) {
      sources[plane] = new DeviceBuffer(BUFFER_BYTES);
    }
    surface = new DeviceBuffer(BUFFER_BYTES);
    kernels = FrameKernels.load();
  }

  FrameKernels kernels() {
    return kernels;
  }

  long surfaceAddress() {
    return surface.address();
  }

  /**
   * Copies a frame to the device, so that each plane ends where its memory ends or starts where it
   * starts.
   *
   * @param alignment alignment of each plane if it is at the end; a power of two
   * @return the planes
   */
  long[] upload(TestFrame frame, boolean atEnd, int alignment) {
    long[] planes = new long[frame.planes.length];
    for (int plane = 0; plane < planes.length; plane++) {
      DeviceBuffer buffer = sources[plane];
      long last = buffer.address() + buffer.size() - frame.planes[plane].length;
      planes[plane] = atEnd ? last & -alignment : buffer.address();
      buffer.upload(planes[plane], frame.planes[plane]);
    }
    return planes;
  }

  /** Fills the surface with the content that an {@link ExpectedSurface} has outside the frame. */
  void fill(ExpectedSurface expected) {
    surface.upload(surface.address(), expected.bytes);
  }

  void start(
      @Nullable CUstream_st stream,
      TestFrame frame,
      long[] planes,
      ExpectedSurface expected,
      ColorSpec color)
      throws EncoderException {
    kernels.convert(
        stream,
        frame.layout,
        planes,
        frame.pitches,
        expected.target(surface.address()),
        frame.width,
        frame.height,
        color);
  }

  /** Waits for the device, then returns as many bytes of the surface as are expected. */
  byte[] result(ExpectedSurface expected) {
    DeviceBuffer.check(cuCtxSynchronize());
    return surface.download(expected.bytes.length);
  }

  @Override
  public void close() throws EncoderException {
    kernels.close();
    surface.close();
    for (DeviceBuffer source : sources) {
      source.close();
    }
    DeviceBuffer.check(cuCtxPopCurrent(context));
    DeviceBuffer.check(cuDevicePrimaryCtxRelease(0));
  }
}
