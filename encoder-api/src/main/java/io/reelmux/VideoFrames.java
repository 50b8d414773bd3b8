package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * N pictures of one layout and size, one after another in one buffer, or in the memory of a GPU.
 * Nothing is copied until they are added.
 */
public final class VideoFrames {
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final int count;
  private final @Nullable ByteBuffer buffer;
  private final Device device;
  private final long devicePointer;

  private VideoFrames(
      PixelLayout layout,
      int width,
      int height,
      int count,
      @Nullable ByteBuffer buffer,
      Device device,
      long devicePointer) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.count = count;
    this.buffer = buffer;
    this.device = device;
    this.devicePointer = devicePointer;
  }

  /**
   * Tightly packed pictures. Components of two bytes are little-endian.
   *
   * @param layout how each picture lies in memory
   * @param width pixels, positive
   * @param height pixels, positive
   * @param pixels N times {@link PixelLayout#frameBytes} bytes; N may be 0
   * @return the frames
   * @throws IllegalArgumentException if the length is no whole number of frames
   */
  public static VideoFrames of(PixelLayout layout, int width, int height, byte[] pixels) {
    Objects.requireNonNull(pixels, "pixels");
    return of(layout, width, height, ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Tightly packed pictures between the buffer's position and limit, which stay as they are.
   *
   * @param layout how each picture lies in memory
   * @param width pixels, positive
   * @param height pixels, positive
   * @param pixels N times {@link PixelLayout#frameBytes} bytes; N may be 0
   * @return the frames
   * @throws IllegalArgumentException if the length is no whole number of frames
   */
  public static VideoFrames of(PixelLayout layout, int width, int height, ByteBuffer pixels) {
    Objects.requireNonNull(pixels, "pixels");
    long frameBytes = VideoFrame.checkedFrameBytes(layout, width, height);
    if (pixels.remaining() % frameBytes != 0) {
      throw new IllegalArgumentException(
          "%s %dx%d takes %d bytes a frame, the buffer's %d are no multiple of it"
              .formatted(layout, width, height, frameBytes, pixels.remaining()));
    }
    int count = (int) (pixels.remaining() / frameBytes);
    ByteBuffer view = pixels.slice().order(pixels.order());
    return new VideoFrames(layout, width, height, count, view, Device.cpu(), 0);
  }

  /**
   * The (N, 3, height, width) tensor of R, G, B bytes.
   *
   * @param width pixels, positive
   * @param height pixels, positive
   * @param pixels N * 3 * height * width bytes
   * @return the frames
   * @throws IllegalArgumentException if the length is no whole number of frames
   */
  public static VideoFrames planarRgb(int width, int height, byte[] pixels) {
    return of(PixelLayout.RGB_PLANAR, width, height, pixels);
  }

  /**
   * The (N, 3, height, width) tensor of R, G, B bytes.
   *
   * @param width pixels, positive
   * @param height pixels, positive
   * @param pixels N * 3 * height * width bytes remaining
   * @return the frames
   * @throws IllegalArgumentException if the length is no whole number of frames
   */
  public static VideoFrames planarRgb(int width, int height, ByteBuffer pixels) {
    return of(PixelLayout.RGB_PLANAR, width, height, pixels);
  }

  /**
   * Tightly packed pictures in the memory of a GPU. The memory must stay valid until the call that
   * adds them returns.
   *
   * @param device the GPU that owns the memory
   * @param layout how each picture lies in memory
   * @param width pixels, positive
   * @param height pixels, positive
   * @param devicePointer address of the first picture, not 0
   * @param count number of pictures, 0 or more
   * @return the frames
   * @throws IllegalArgumentException if a value is out of range or the device is the CPU
   */
  public static VideoFrames onDevice(
      Device device, PixelLayout layout, int width, int height, long devicePointer, int count) {
    Objects.requireNonNull(device, "device");
    VideoFrame.checkedFrameBytes(layout, width, height);
    Checks.inRange("count", count, 0, Integer.MAX_VALUE);
    if (!device.isCuda()) {
      throw new IllegalArgumentException("onDevice takes memory of a GPU, not of " + device);
    }
    if (devicePointer == 0) {
      throw new IllegalArgumentException("devicePointer is 0");
    }
    return new VideoFrames(layout, width, height, count, null, device, devicePointer);
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
    return device;
  }

  /** {@return address of the first picture in the device's memory; 0 for host memory} */
  public long devicePointer() {
    return devicePointer;
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
      throw new IllegalStateException("the frames are in the memory of " + device);
    }
    int offset = Math.toIntExact(index * layout.frameBytes(width, height));
    return VideoFrame.packed(layout, width, height, buffer, offset);
  }
}
