package io.reelmux;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Frames in GPU memory at a device pointer; see {@link DeviceFrames#of}. Refers to the caller's
 * memory and copies nothing. Immutable.
 */
public final class DevicePointerFrames implements DeviceFrames {
  private final Device device;
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final int count;
  private final long devicePointer;

  /** 0 for tightly packed rows. */
  private final long pitch;

  private final long cudaStream;
  private final BatchTimes times;
  private final boolean keyFrame;

  private DevicePointerFrames(
      DevicePointerFrames base, long pitch, long cudaStream, BatchTimes times, boolean keyFrame) {
    this.device = base.device;
    this.layout = base.layout;
    this.width = base.width;
    this.height = base.height;
    this.count = base.count;
    this.devicePointer = base.devicePointer;
    this.pitch = pitch;
    this.cudaStream = cudaStream;
    this.times = times;
    this.keyFrame = keyFrame;
  }

  private DevicePointerFrames(
      Device device, PixelLayout layout, int width, int height, int count, long devicePointer) {
    this.device = device;
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.count = count;
    this.devicePointer = devicePointer;
    this.pitch = 0;
    this.cudaStream = 0;
    this.times = BatchTimes.NONE;
    this.keyFrame = false;
  }

  static DevicePointerFrames create(
      Device device, PixelLayout layout, int width, int height, long devicePointer, int count) {
    Objects.requireNonNull(device, "device");
    VideoFrame.checkedFrameBytes(layout, width, height);
    Checks.inRange("count", count, 0, Integer.MAX_VALUE);
    if (!device.isCuda()) {
      throw new IllegalArgumentException(
          "DeviceFrames are in GPU memory, not on " + device + ": use VideoFrames");
    }
    if (devicePointer == 0) {
      throw new IllegalArgumentException("devicePointer is 0");
    }
    requireMultiple("devicePointer", devicePointer, layout);
    return new DevicePointerFrames(device, layout, width, height, count, devicePointer);
  }

  /**
   * Returns the same frames with padded rows. Each row of each plane begins {@code bytes} bytes
   * after the row before; planes follow one another at {@code bytes} times their height, and so do
   * frames.
   *
   * @param bytes at least the longest row of the layout, and a multiple of {@link
   *     PixelLayout#bytesPerComponent}
   * @return a copy
   * @throws IllegalArgumentException if the pitch is out of range or not a multiple of the
   *     component's size
   */
  public DevicePointerFrames withPitch(long bytes) {
    long longest = 0;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      longest = Math.max(longest, layout.rowBytes(plane, width));
    }
    if (bytes < longest || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "pitch %d of %s %dx%d: must be from %d to %d"
              .formatted(bytes, layout, width, height, longest, Integer.MAX_VALUE));
    }
    requireMultiple("pitch", bytes, layout);
    return new DevicePointerFrames(this, bytes, cudaStream, times, keyFrame);
  }

  /**
   * Returns the same frames, written by work queued on this CUDA stream. Encoding waits for that
   * work, and for no other. Default: 0, the legacy default stream.
   *
   * @param stream address of the {@code CUstream} (a {@code cudaStream_t}); 1 and 2 are CUDA's
   *     legacy and per-thread default streams
   * @return a copy
   */
  public DevicePointerFrames withCudaStream(long stream) {
    return new DevicePointerFrames(this, pitch, stream, times, keyFrame);
  }

  /**
   * Returns the same frames with a presentation time for the first; each of the others follows the
   * previous frame. Requires a stream with {@link VideoOptions.Builder#variableFrameRate}.
   *
   * @param time the time of the first frame from the start of the stream, not negative
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public DevicePointerFrames withPts(Duration time) {
    return new DevicePointerFrames(this, pitch, cudaStream, times.withFirst(time), keyFrame);
  }

  /**
   * Returns the same frames, each with a presentation time. Requires a stream with {@link
   * VideoOptions.Builder#variableFrameRate}.
   *
   * @param times one time per frame from the start of the stream, not negative; must increase by at
   *     least a tick of the encoder, which is checked when the frames are added
   * @return a copy
   * @throws IllegalArgumentException if there is not one time per frame, or a time is negative
   */
  public DevicePointerFrames withPts(List<Duration> times) {
    return new DevicePointerFrames(
        this, pitch, cudaStream, this.times.withEach(times, count), keyFrame);
  }

  /**
   * Returns the same frames, presented at a constant interval. Requires a stream with {@link
   * VideoOptions.Builder#variableFrameRate}.
   *
   * @param start the time of the first frame from the start of the stream, not negative
   * @param step the time from one frame to the next, positive
   * @return a copy
   * @throws IllegalArgumentException if {@code start} is negative or {@code step} is not positive
   */
  public DevicePointerFrames withPts(Duration start, Duration step) {
    return new DevicePointerFrames(
        this, pitch, cudaStream, times.withStep(start, step, count()), keyFrame);
  }

  /**
   * Returns the same frames, each with a duration, which also spaces frames without a presentation
   * time. Requires a stream with {@link VideoOptions.Builder#variableFrameRate}.
   *
   * @param time how long each frame is shown, not negative; zero means the stream's frame interval
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public DevicePointerFrames withDuration(Duration time) {
    return new DevicePointerFrames(this, pitch, cudaStream, times.withDuration(time), keyFrame);
  }

  /**
   * Returns the same frames, the first to be encoded as a key frame.
   *
   * @return a copy
   */
  public DevicePointerFrames withKeyFrame() {
    return new DevicePointerFrames(this, pitch, cudaStream, times, true);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public PixelLayout layout() {
    return layout;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Optional<Duration> pts(int index) {
    Objects.checkIndex(index, count);
    return times.pts(index);
  }

  @Override
  public Optional<Duration> duration() {
    return Optional.ofNullable(times.duration());
  }

  @Override
  public boolean keyFrame() {
    return keyFrame;
  }

  /** {@return the address of the first frame} */
  public long devicePointer() {
    return devicePointer;
  }

  /** {@return the number of bytes from row to row; empty if rows are tightly packed} */
  public OptionalLong pitch() {
    return pitch == 0 ? OptionalLong.empty() : OptionalLong.of(pitch);
  }

  /** {@return the CUDA stream whose work is waited for; 0 for the legacy default stream} */
  public long cudaStream() {
    return cudaStream;
  }

  /**
   * Returns the number of bytes from row to row of a plane.
   *
   * @param plane index of the plane
   * @return the pitch, or the length of the plane's rows if they are tightly packed
   */
  public long planePitch(int plane) {
    return pitch == 0 ? layout.rowBytes(plane, width) : pitch;
  }

  /**
   * Returns the number of bytes from the beginning of one frame to that of the next.
   *
   * @return the size of all planes, including padding
   */
  public long frameStride() {
    long bytes = 0;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      bytes += planePitch(plane) * layout.planeHeight(plane, height);
    }
    return bytes;
  }

  private static void requireMultiple(String what, long value, PixelLayout layout) {
    if (value % layout.bytesPerComponent() != 0) {
      throw new IllegalArgumentException(
          "%s %d: components of %s have %d bytes, and it must be a multiple of that"
              .formatted(what, value, layout, layout.bytesPerComponent()));
    }
  }

  /** {@code 8 frames of RGB_PLANAR 1280x720 on cuda:0}. */
  @Override
  public String toString() {
    return count() + " frames of " + layout() + " " + width() + "x" + height() + " on " + device();
  }
}
