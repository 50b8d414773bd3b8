package io.reelmux.cuda.internal;

import io.reelmux.EncoderException;
import io.reelmux.cuda.internal.driver.CudaEvent;
import io.reelmux.cuda.internal.driver.CudaStream;
import io.reelmux.cuda.internal.driver.DriverApi;
import io.reelmux.cuda.internal.driver.PrimaryContext;
import io.reelmux.cuda.internal.kernel.FrameKernels;
import io.reelmux.ffmpeg.internal.av.HardwareDevice;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import org.jspecify.annotations.Nullable;

/**
 * A GPU as used by one stream. Without the driver bindings FFmpeg opens the GPU on its own, and
 * frames in GPU memory cannot be encoded.
 */
final class CudaDevice implements AutoCloseable {
  private final NativeScope scope = new NativeScope();
  private final HardwareDevice hardware;
  private final @Nullable DeviceSupport support;
  private final @Nullable EncoderException unsupportedReason;

  /** The objects that frames in GPU memory need. */
  record DeviceSupport(
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
        support = null;
        unsupportedReason = noBindings;
        return;
      }
      PrimaryContext context = scope.add(PrimaryContext.retain(index));
      CudaStream stream = scope.add(CudaStream.create(context));
      hardware = scope.add(HardwareDevice.over(context.struct(), stream.struct()));
      CudaEvent ready = scope.add(CudaEvent.create(context));
      CudaEvent converted = scope.add(CudaEvent.create(context));
      FrameKernels kernels;
      try {
        kernels = context.call(FrameKernels::load);
      } catch (EncoderException e) {
        // frames in host memory do not need them
        support = null;
        unsupportedReason = e;
        return;
      }
      scope.add(() -> context.release(kernels));
      support = new DeviceSupport(context, stream, ready, converted, kernels);
      unsupportedReason = null;
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Opens a GPU.
   *
   * @throws EncoderException if the GPU cannot be opened
   */
  static CudaDevice open(int index) throws EncoderException {
    return new CudaDevice(index);
  }

  HardwareDevice hardware() {
    return hardware;
  }

  /**
   * The objects that frames in GPU memory need.
   *
   * @throws IllegalArgumentException if something they need is missing, with what to do about it
   */
  DeviceSupport support() {
    if (support == null) {
      throw new IllegalArgumentException(
          "frames in GPU memory cannot be encoded: "
              + (unsupportedReason == null ? "" : unsupportedReason.errorText()),
          unsupportedReason);
    }
    return support;
  }

  @Override
  public void close() {
    scope.close();
  }
}
