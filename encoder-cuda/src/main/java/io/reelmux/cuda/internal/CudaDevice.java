package io.reelmux.cuda.internal;

import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.driver.CudaEvent;
import io.reelmux.cuda.internal.driver.CudaStream;
import io.reelmux.cuda.internal.driver.DriverApi;
import io.reelmux.cuda.internal.driver.HardwareDevice;
import io.reelmux.cuda.internal.driver.PrimaryContext;
import io.reelmux.cuda.internal.kernel.FrameKernels;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import org.jspecify.annotations.Nullable;

/**
 * A board as one stream uses it. Where the bindings of the driver are missing, FFmpeg opens the
 * board by itself, and pictures in its memory cannot be taken.
 */
final class CudaDevice implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final HardwareDevice hardware;
  private final @Nullable Lane lane;
  private final @Nullable EncoderException whyNoLane;

  /** What pictures in the board's memory need. */
  record Lane(
      PrimaryContext context,
      CudaStream stream,
      CudaEvent ready,
      CudaEvent converted,
      FrameKernels kernels) {}

  private CudaDevice(int index) throws EncoderException {
    EncoderException noBindings = DriverApi.unavailableReason();
    try {
      if (noBindings != null) {
        hardware = scope.add(HardwareDevice.open(index));
        lane = null;
        whyNoLane = noBindings;
        return;
      }
      PrimaryContext context = scope.add(PrimaryContext.retain(index));
      CudaStream stream = scope.add(CudaStream.create(context));
      hardware = scope.add(HardwareDevice.over(context, stream));
      CudaEvent ready = scope.add(CudaEvent.create(context));
      CudaEvent converted = scope.add(CudaEvent.create(context));
      Kernels kernels = Kernels.load(context);
      if (kernels.loaded == null) {
        lane = null;
        whyNoLane = kernels.failure;
      } else {
        FrameKernels loaded = kernels.loaded;
        scope.add(() -> context.release(loaded));
        lane = new Lane(context, stream, ready, converted, loaded);
        whyNoLane = null;
      }
    } catch (EncoderException | RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  /** The kernels, or why the driver refuses them, which must not keep host pictures out. */
  private record Kernels(@Nullable FrameKernels loaded, @Nullable EncoderException failure) {

    static Kernels load(PrimaryContext context) {
      try {
        return new Kernels(context.call(FrameKernels::load), null);
      } catch (EncoderException e) {
        return new Kernels(null, e);
      }
    }
  }

  /**
   * Opens a board.
   *
   * @throws EncoderException if that is not possible
   */
  static CudaDevice open(int index) throws EncoderException {
    return new CudaDevice(index);
  }

  HardwareDevice hardware() {
    return hardware;
  }

  /**
   * What pictures in the board's memory need.
   *
   * @throws IllegalArgumentException if something for that is missing, with what to do about it
   */
  Lane lane() {
    if (lane == null) {
      throw new IllegalArgumentException(
          "pictures in the memory of a GPU cannot be taken: "
              + (whyNoLane == null ? "" : whyNoLane.errorText()),
          whyNoLane);
    }
    return lane;
  }

  @Override
  public void close() {
    scope.close();
  }
}
