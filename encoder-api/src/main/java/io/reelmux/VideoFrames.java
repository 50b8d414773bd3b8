package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * N frames of one layout and size, one after another in one buffer or in GPU memory. Immutable.
 * Nothing is copied until the frames are added.
 */
public final class VideoFrames {
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final int count;
  private final @Nullable ByteBuffer buffer;
  private final @Nullable DeviceMemory memory;
  private final @Nullable Duration pts;
  private final boolean keyFrame;

  private VideoFrames(
      PixelLayout layout,
      int width,
      int height,
      int count,
      @Nullable ByteBuffer buffer,
      @Nullable DeviceMemory memory,
      @Nullable Duration pts,
      boolean keyFrame) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.count = count;
    this.buffer = buffer;
    this.memory = memory;
    this.pts = pts;
    this.keyFrame = keyFrame;
  }

  /**
   * Returns tightly packed frames. Two-byte components are little-endian.
   *
   * @param layout the layout of each frame in memory
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels N times {@link PixelLayout#frameBytes} bytes; N may be 0
   * @return the frames
   * @throws IllegalArgumentException if the length is not a whole number of frames
   */
  public static VideoFrames of(PixelLayout layout, int width, int height, byte[] pixels) {
    Objects.requireNonNull(pixels, "pixels");
    return of(layout, width, height, ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Returns the tightly packed frames between the buffer's position and limit, which do not change.
   * Two-byte components are in the buffer's byte order.
   *
   * @param layout the layout of each frame in memory
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels N times {@link PixelLayout#frameBytes} bytes; N may be 0
   * @return the frames
   * @throws IllegalArgumentException if the length is not a whole number of frames
   */
  public static VideoFrames of(PixelLayout layout, int width, int height, ByteBuffer pixels) {
    Objects.requireNonNull(pixels, "pixels");
    long frameBytes = VideoFrame.hostFrameBytes(layout, width, height);
    if (pixels.remaining() % frameBytes != 0) {
      throw new IllegalArgumentException(
          "%s %dx%d has %d bytes per frame; the buffer has %d, which is not a multiple"
              .formatted(layout, width, height, frameBytes, pixels.remaining()));
    }
    int count = (int) (pixels.remaining() / frameBytes);
    ByteBuffer view = pixels.slice().order(pixels.order());
    return new VideoFrames(layout, width, height, count, view, null, null, false);
  }

  /**
   * Returns the frames of an (N, 3, height, width) tensor of R, G, B bytes.
   *
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels N * 3 * height * width bytes
   * @return the frames
   * @throws IllegalArgumentException if the length is not a whole number of frames
   */
  public static VideoFrames planarRgb(int width, int height, byte[] pixels) {
    return of(PixelLayout.RGB_PLANAR, width, height, pixels);
  }

  /**
   * Returns the frames of an (N, 3, height, width) tensor of R, G, B bytes.
   *
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels N * 3 * height * width bytes remaining
   * @return the frames
   * @throws IllegalArgumentException if the length is not a whole number of frames
   */
  public static VideoFrames planarRgb(int width, int height, ByteBuffer pixels) {
    return of(PixelLayout.RGB_PLANAR, width, height, pixels);
  }

  /**
   * TestFrames in the memory of a GPU, tightly packed unless {@link #withPitch} says otherwise. The
   * memory is read once the work that was queued before on {@link #withStream the caller's CUDA
   * stream} is done; it must stay valid until the call that adds them returns, and is the caller's
   * again then.
   *
   * @param device the GPU that owns the memory
   * @param layout how each picture lies in memory; components of several bytes are little-endian
   * @param width pixels, positive
   * @param height pixels, positive
   * @param devicePointer address of the first picture (a {@code CUdeviceptr}), a multiple of {@link
   *     PixelLayout#bytesPerComponent}, not 0
   * @param count number of pictures, 0 or more
   * @return the frames
   * @throws IllegalArgumentException if a value is out of range or the device is the CPU
   */
  public static VideoFrames onDevice(
      Device device, PixelLayout layout, int width, int height, long devicePointer, int count) {
    VideoFrame.checkedFrameBytes(layout, width, height);
    Checks.inRange("count", count, 0, Integer.MAX_VALUE);
    DeviceMemory memory = DeviceMemory.packed(device, layout, devicePointer);
    return new VideoFrames(layout, width, height, count, null, memory, null, false);
  }

  /**
   * One picture of FFmpeg's that is in CUDA memory already: what a decoder with {@code hwaccel
   * cuda} or a filter such as {@code scale_cuda} made. The encoder takes references of its own, so
   * the caller may unref the frame when the call that adds it returns. Times, key flag and colours
   * of the frame are not read: see {@link #withPts}, {@link #withKeyFrame} and {@link
   * VideoOptions.Builder#color}.
   *
   * @param device the GPU
   * @param layout {@link PixelLayout#NV12} or {@link PixelLayout#P010}, which the frame must have
   * @param width pixels, as the frame's
   * @param height pixels, as the frame's
   * @param avFrame address of an {@code AVFrame} of FFmpeg's natives in this process, not 0
   * @return the frame
   * @throws IllegalArgumentException if a value is out of range
   */
  public static VideoFrames ofAvFrame(
      Device device, PixelLayout layout, int width, int height, long avFrame) {
    VideoFrame.checkedFrameBytes(layout, width, height);
    DeviceMemory memory = DeviceMemory.avFrame(device, layout, avFrame);
    return new VideoFrames(layout, width, height, 1, null, memory, null, false);
  }

  /**
   * The same pictures, with padded rows: every row of every plane begins this many bytes after the
   * one before, planes follow one another at {@code pitch} times their height, and so do pictures.
   *
   * @param bytes at least the longest row of the layout, a multiple of {@link
   *     PixelLayout#bytesPerComponent}
   * @return a copy
   * @throws IllegalArgumentException if the pitch is too small, or no multiple
   * @throws IllegalStateException if the pictures are not device memory by a pointer
   */
  public VideoFrames withPitch(long bytes) {
    DeviceMemory padded = pointer("withPitch").withPitch(layout, width, height, bytes);
    return new VideoFrames(layout, width, height, count, null, padded, pts, keyFrame);
  }

  /**
   * The same pictures, written by work that the caller has queued on this CUDA stream: encoding
   * waits for that work, and for no other. Default: 0, the legacy default stream.
   *
   * @param cuStream address of the {@code CUstream} (a {@code cudaStream_t}); 1 and 2 are CUDA's
   *     legacy and per-thread default streams
   * @return a copy
   * @throws IllegalStateException if the pictures are not device memory by a pointer
   */
  public VideoFrames withStream(long cuStream) {
    DeviceMemory ordered = pointer("withStream").withStream(cuStream);
    return new VideoFrames(layout, width, height, count, null, ordered, pts, keyFrame);
  }

  /**
   * The same pictures, the first of them shown at a time of its own and each other one when the one
   * before ends; the stream must be set to {@link VideoOptions.Builder#variableFrameRate}.
   *
   * @param time of the first picture from the start of the stream, not negative
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public VideoFrames withPts(Duration time) {
    Duration checked = VideoFrame.notNegative("pts", time);
    return new VideoFrames(layout, width, height, count, buffer, memory, checked, keyFrame);
  }

  /**
   * The same pictures, the first of them encoded as a key frame.
   *
   * @return a copy
   */
  public VideoFrames withKeyFrame() {
    return new VideoFrames(layout, width, height, count, buffer, memory, pts, true);
  }

  /** {@return how each picture lies in memory} */
  public PixelLayout layout() {
    return layout;
  }

  /** {@return width in pixels} */
  public int width() {
    return width;
  }

  /** {@return height in pixels} */
  public int height() {
    return height;
  }

  /** {@return number of pictures} */
  public int count() {
    return count;
  }

  /** {@return whose memory the pictures are in; the CPU for host memory} */
  public Device device() {
    return memory == null ? Device.cpu() : memory.device();
  }

  /** {@return address of the first picture in the device's memory; 0 where there is none} */
  public long devicePointer() {
    return memory == null ? 0 : memory.pointer();
  }

  /** {@return bytes from row to row in the device's memory; empty if rows are tightly packed} */
  public OptionalLong pitch() {
    return memory == null || memory.pitch() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(memory.pitch());
  }

  /** {@return the CUDA stream whose work the pictures wait for; 0 for the legacy default stream} */
  public long stream() {
    return memory == null ? 0 : memory.stream();
  }

  /** {@return address of FFmpeg's frame; 0 unless made by {@link #ofAvFrame}} */
  public long avFrame() {
    return memory == null ? 0 : memory.avFrame();
  }

  /** {@return the first picture's own time} */
  public Optional<Duration> pts() {
    return Optional.ofNullable(pts);
  }

  /** {@return whether the first picture must become a key frame} */
  public boolean keyFrame() {
    return keyFrame;
  }

  /**
   * Bytes from row to row of a plane.
   *
   * @param plane index of the plane
   * @return the pitch, or the plane's own row length if rows are tightly packed
   */
  public long planePitch(int plane) {
    return memory == null || memory.pitch() == 0 ? layout.rowBytes(plane, width) : memory.pitch();
  }

  /**
   * Bytes from the beginning of one picture to that of the next.
   *
   * @return the bytes of all planes, padding included
   */
  public long frameStride() {
    long bytes = 0;
    for (int plane = 0; plane < layout.planeCount(); plane++) {
      bytes += planePitch(plane) * layout.planeHeight(plane, height);
    }
    return bytes;
  }

  /**
   * One of the pictures in host memory.
   *
   * @param index from 0
   * @return a frame over the same memory
   * @throws IndexOutOfBoundsException if there is no such picture
   * @throws IllegalStateException if the pictures are in a GPU's memory
   */
  public VideoFrame frame(int index) {
    Objects.checkIndex(index, count);
    if (buffer == null) {
      throw new IllegalStateException("the frames are in the memory of " + device());
    }
    int offset = Math.toIntExact(index * layout.frameBytes(width, height));
    VideoFrame frame = VideoFrame.packed(layout, width, height, buffer, offset);
    if (index > 0) {
      return frame;
    }
    VideoFrame timed = pts == null ? frame : frame.withPts(pts);
    return keyFrame ? timed.withKeyFrame() : timed;
  }

  private DeviceMemory pointer(String call) {
    if (memory == null || memory.avFrame() != 0) {
      throw new IllegalStateException(
          call
              + " is for pictures that VideoFrames.onDevice made, not for "
              + (memory == null ? "pictures in host memory" : "a frame of FFmpeg's"));
    }
    return memory;
  }
}
