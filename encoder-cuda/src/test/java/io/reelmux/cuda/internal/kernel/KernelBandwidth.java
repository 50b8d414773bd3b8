package io.reelmux.cuda.internal.kernel;

import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxSynchronize;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoDAsync;

import io.reelmux.ColorSpec;
import io.reelmux.EncoderException;
import io.reelmux.PixelLayout;
import java.util.Arrays;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUstream_st;

/**
 * Compares the bandwidth of RGB_PLANAR to NV12 with that of a copy on the same GPU: bytes read and
 * written per second, the median of seven runs. A program, not a test: {@code KernelBandwidth
 * [frames width height]}, by default 64 of 3840x2160, which needs 4 GiB of device memory.
 */
final class KernelBandwidth {
  private static final int RUNS = 7;

  private final int frames;
  private final int width;
  private final int height;
  private final long frameBytes;
  private final long pitch;
  private final long surfaceBytes;

  private KernelBandwidth(int frames, int width, int height) {
    this.frames = frames;
    this.width = width;
    this.height = height;
    frameBytes = PixelLayout.RGB_PLANAR.frameBytes(width, height);
    pitch = (width + 255L) / 256 * 256;
    surfaceBytes = pitch * (height + (height + 1) / 2);
  }

  public static void main(String[] arguments) throws EncoderException {
    int[] numbers =
        arguments.length == 0
            ? new int[] {64, 3840, 2160}
            : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    new KernelBandwidth(numbers[0], numbers[1], numbers[2]).run();
  }

  private void run() throws EncoderException {
    CUctx_st context = new CUctx_st();
    DeviceBuffer.check(cuInit(0));
    DeviceBuffer.check(cuDevicePrimaryCtxRetain(context, 0));
    DeviceBuffer.check(cuCtxPushCurrent(context));
    long source = allocate(frames * frameBytes);
    // the copy's target, and the surfaces
    long target = allocate(frames * Math.max(frameBytes, surfaceBytes));
    try (FrameKernels kernels = FrameKernels.load()) {
      double copy = 2.0 * frames * frameBytes / seconds(() -> copy(source, target));
      double convert = 1.5 * frames * frameBytes / seconds(() -> convert(kernels, source, target));
      System.out.printf(
          "%d frames of %dx%d: copy %.1f GB/s, RGB_PLANAR to NV12 %.1f GB/s, %.0f %%%n",
          frames, width, height, copy / 1e9, convert / 1e9, 100 * convert / copy);
    } finally {
      DeviceBuffer.check(cuMemFree(source));
      DeviceBuffer.check(cuMemFree(target));
      DeviceBuffer.check(cuCtxPopCurrent(context));
      DeviceBuffer.check(cuDevicePrimaryCtxRelease(0));
    }
  }

  private void copy(long source, long target) {
    for (int i = 0; i < frames; i++) {
      DeviceBuffer.check(
          cuMemcpyDtoDAsync(
              target + i * frameBytes, source + i * frameBytes, frameBytes, (CUstream_st) null));
    }
  }

  private void convert(FrameKernels kernels, long source, long target) throws EncoderException {
    long planeBytes = (long) width * height;
    long[] pitches = {width, width, width};
    for (int i = 0; i < frames; i++) {
      long frame = source + i * frameBytes;
      long surface = target + i * surfaceBytes;
      kernels.convert(
          null,
          PixelLayout.RGB_PLANAR,
          new long[] {frame, frame + planeBytes, frame + 2 * planeBytes},
          pitches,
          new SurfaceTarget(surface, pitch, surface + pitch * height, pitch, 8),
          width,
          height,
          ColorSpec.BT709_LIMITED);
    }
  }

  private interface Work {
    void start() throws EncoderException;
  }

  private static double seconds(Work work) throws EncoderException {
    double[] seconds = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      DeviceBuffer.check(cuCtxSynchronize());
      long start = System.nanoTime();
      work.start();
      DeviceBuffer.check(cuCtxSynchronize());
      seconds[run] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[RUNS / 2];
  }

  private static long allocate(long bytes) {
    long[] address = new long[1];
    DeviceBuffer.check(cuMemAlloc(address, bytes));
    return address[0];
  }
}
