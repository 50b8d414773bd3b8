package io.reelmux;

import java.time.Duration;
import java.util.Optional;

/**
 * N frames of one layout and size in GPU memory: device memory by a pointer ({@link #of}), or
 * surfaces of a backend, such as {@code io.reelmux.cuda.CudaFrames} for FFmpeg's CUDA frames.
 * Implemented by Reelmux and its backends only; a backend refuses other implementations.
 */
public interface DeviceFrames {

  /**
   * Returns frames in device memory, one after another and tightly packed unless {@link
   * DevicePointerFrames#withPitch} is set. The memory is read once the work that was queued before
   * on the caller's CUDA stream ({@link DevicePointerFrames#withCudaStream}) is done. It must stay
   * valid until the call that adds the frames returns, and may be reused then.
   *
   * @param device the GPU that owns the memory
   * @param layout the layout of each frame in memory; components wider than a byte are
   *     little-endian
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param devicePointer address of the first frame (a {@code CUdeviceptr}), a multiple of {@link
   *     PixelLayout#bytesPerComponent}, not 0
   * @param count number of frames, 0 or more
   * @return the frames
   * @throws IllegalArgumentException if a value is out of range or the device is the CPU
   */
  static DevicePointerFrames of(
      Device device, PixelLayout layout, int width, int height, long devicePointer, int count) {
    return DevicePointerFrames.create(device, layout, width, height, devicePointer, count);
  }

  /** {@return the GPU that owns the memory} */
  Device device();

  /** {@return the layout of each frame in memory} */
  PixelLayout layout();

  /** {@return the width in pixels} */
  int width();

  /** {@return the height in pixels} */
  int height();

  /** {@return the number of frames} */
  int count();

  /**
   * Returns the presentation time of a frame.
   *
   * @param index index of the frame, from 0
   * @return the time from the start of the stream; empty if the frame follows the previous one
   */
  Optional<Duration> pts(int index);

  /** {@return the duration of each frame; empty for the stream's frame interval} */
  Optional<Duration> duration();

  /** {@return whether the first frame must be encoded as a key frame} */
  boolean keyFrame();
}
