package io.reelmux;

import io.reelmux.internal.MemoryAccess;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A video frame in host memory. Refers to the caller's memory and copies nothing; the memory is
 * read during {@link VideoStream#addFrame} and may be reused as soon as that returns. Immutable.
 */
public final class VideoFrame {

  /** Maximum presentation time and duration of frames and samples: 366 days. */
  public static final Duration MAX_TIME = Duration.ofDays(366);

  static {
    MemoryAccess.setFrames(VideoFrame::copyRows);
  }

  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final PixelSource pixels;
  private final @Nullable Duration pts;
  private final @Nullable Duration duration;
  private final boolean keyFrame;

  VideoFrame(PixelLayout layout, int width, int height, PixelSource pixels) {
    this(layout, width, height, pixels, null, null, false);
  }

  VideoFrame(
      PixelLayout layout,
      int width,
      int height,
      PixelSource pixels,
      @Nullable Duration pts,
      @Nullable Duration duration,
      boolean keyFrame) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.pts = pts;
    this.duration = duration;
    this.keyFrame = keyFrame;
  }

  /**
   * Returns a frame over an image of any type. Colors are sRGB; premultiplied alpha is undone.
   *
   * @param image the image; must not change until the frame has been added
   * @return the frame
   */
  public static VideoFrame of(BufferedImage image) {
    return ImagePixels.frame(Objects.requireNonNull(image, "image"));
  }

  /**
   * Returns a tightly packed frame, planes one after another. Two-byte components are
   * little-endian.
   *
   * @param layout the layout in memory
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels exactly {@link PixelLayout#frameBytes} bytes
   * @return the frame
   * @throws IllegalArgumentException if the size is out of range or the length is wrong
   */
  public static VideoFrame of(PixelLayout layout, int width, int height, byte[] pixels) {
    Objects.requireNonNull(pixels, "pixels");
    checkLength(layout, width, height, pixels.length);
    ByteBuffer buffer = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
    return packed(layout, width, height, buffer);
  }

  /**
   * Returns a tightly packed frame, planes one after another, between the buffer's position and
   * limit, which do not change. Two-byte components are in the buffer's byte order.
   *
   * @param layout the layout in memory
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels heap, direct or mapped, with exactly {@link PixelLayout#frameBytes} bytes
   *     remaining
   * @return the frame
   * @throws IllegalArgumentException if the size is out of range or the length is wrong
   */
  public static VideoFrame of(PixelLayout layout, int width, int height, ByteBuffer pixels) {
    Objects.requireNonNull(pixels, "pixels");
    checkLength(layout, width, height, pixels.remaining());
    return packed(layout, width, height, pixels.slice().order(pixels.order()));
  }

  /**
   * Returns a frame with padded rows, or with its planes in separate buffers. Each plane begins at
   * the position of its buffer; all buffers must have the same byte order.
   *
   * @param layout the layout in memory
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param planes one buffer per plane
   * @param strides for each plane, the number of bytes from one row to the next, at least {@link
   *     PixelLayout#rowBytes}; the last row needs no padding
   * @return the frame
   * @throws IllegalArgumentException if the number of planes or strides, a stride or a length is
   *     wrong
   */
  public static VideoFrame of(
      PixelLayout layout, int width, int height, List<ByteBuffer> planes, int... strides) {
    Objects.requireNonNull(planes, "planes");
    Objects.requireNonNull(strides, "strides");
    hostFrameBytes(layout, width, height);
    int count = layout.planeCount();
    if (planes.size() != count || strides.length != count) {
      throw new IllegalArgumentException(
          "%s has %d planes: got %d buffers and %d strides"
              .formatted(layout, count, planes.size(), strides.length));
    }
    ByteBuffer[] buffers = new ByteBuffer[count];
    for (int plane = 0; plane < count; plane++) {
      ByteBuffer given = planes.get(plane);
      if (given == null) {
        throw new NullPointerException("plane " + plane);
      }
      buffers[plane] = given.slice().order(given.order());
      checkPlane(layout, width, height, plane, buffers[plane], strides[plane]);
      if (buffers[plane].order() != buffers[0].order()) {
        throw new IllegalArgumentException("the planes' buffers differ in byte order");
      }
    }
    return new VideoFrame(
        layout, width, height, new BufferPixels(buffers, new int[count], strides.clone()));
  }

  /** Returns a frame whose length has been checked. */
  private static VideoFrame packed(PixelLayout layout, int width, int height, ByteBuffer buffer) {
    return new VideoFrame(
        layout, width, height, BufferPixels.packed(layout, width, height, buffer));
  }

  private static void checkLength(PixelLayout layout, int width, int height, int bytes) {
    long expected = hostFrameBytes(layout, width, height);
    if (bytes != expected) {
      throw new IllegalArgumentException(
          "%s %dx%d needs %d bytes, the buffer has %d"
              .formatted(layout, width, height, expected, bytes));
    }
  }

  /** Returns the bytes of a frame; refuses layouts that only a GPU can read. */
  static long hostFrameBytes(PixelLayout layout, int width, int height) {
    long bytes = checkedFrameBytes(layout, width, height);
    if (layout.isFloat()) {
      throw new IllegalArgumentException(
          layout
              + " is for frames in GPU memory (DeviceFrames); in host memory use"
              + " RGB_PLANAR or RGB48_PLANAR");
    }
    return bytes;
  }

  static long checkedFrameBytes(PixelLayout layout, int width, int height) {
    Objects.requireNonNull(layout, "layout");
    Checks.inRange("width", width, 1, VideoOptions.MAX_SIDE);
    Checks.inRange("height", height, 1, VideoOptions.MAX_SIDE);
    return layout.frameBytes(width, height);
  }

  private static void checkPlane(
      PixelLayout layout, int width, int height, int plane, ByteBuffer buffer, int stride) {
    int rowBytes = checkStride(layout, width, height, plane, stride);
    long needed = (long) stride * (layout.planeHeight(plane, height) - 1) + rowBytes;
    if (buffer.remaining() < needed) {
      throw new IllegalArgumentException(
          "plane %d of %s %dx%d with stride %d needs %d bytes, the buffer has %d"
              .formatted(plane, layout, width, height, stride, needed, buffer.remaining()));
    }
  }

  /** Checks the stride of a plane, and returns the length of its rows. */
  static int checkStride(PixelLayout layout, int width, int height, int plane, int stride) {
    int rowBytes = layout.rowBytes(plane, width);
    if (stride < rowBytes) {
      throw new IllegalArgumentException(
          "stride %d of plane %d: a row of %s %dx%d has %d bytes"
              .formatted(stride, plane, layout, width, height, rowBytes));
    }
    return rowBytes;
  }

  /**
   * Returns the same frame with a presentation time, which requires a stream with {@link
   * VideoOptions.Builder#variableFrameRate}.
   *
   * @param time the time from the start of the stream, from 0 to {@link #MAX_TIME}. If the first
   *     frame is not at 0, nothing is shown before it
   * @return a copy
   * @throws IllegalArgumentException if the time is out of range
   */
  public VideoFrame withPts(Duration time) {
    return new VideoFrame(
        layout, width, height, pixels, notNegative("pts", time), duration, keyFrame);
  }

  /**
   * Returns the same frame with a duration, which matters for the last frame of a stream with
   * variable frame rate.
   *
   * @param time how long the frame is shown, from 0 to {@link #MAX_TIME}; zero means the stream's
   *     frame interval
   * @return a copy
   * @throws IllegalArgumentException if the time is out of range
   */
  public VideoFrame withDuration(Duration time) {
    return new VideoFrame(
        layout, width, height, pixels, pts, notNegative("duration", time), keyFrame);
  }

  /**
   * Returns the same frame, to be encoded as a key frame.
   *
   * @return a copy
   */
  public VideoFrame withKeyFrame() {
    return new VideoFrame(layout, width, height, pixels, pts, duration, true);
  }

  /** {@return the layout in memory} */
  public PixelLayout layout() {
    return layout;
  }

  /** {@return the width in pixels} */
  public int width() {
    return width;
  }

  /** {@return the height in pixels} */
  public int height() {
    return height;
  }

  /** {@return the presentation time, if set} */
  public Optional<Duration> pts() {
    return Optional.ofNullable(pts);
  }

  /** {@return the duration, if set} */
  public Optional<Duration> duration() {
    return Optional.ofNullable(duration);
  }

  /** {@return whether the frame must be encoded as a key frame} */
  public boolean keyFrame() {
    return keyFrame;
  }

  /** {@return the byte order of two-byte components} */
  public ByteOrder order() {
    return pixels.order();
  }

  /** Copies rows of a plane: {@link io.reelmux.spi.HostMemory#copyRows}. */
  void copyRows(int plane, int row, int rows, ByteBuffer target, int position, int stride) {
    int planeHeight = layout.planeHeight(plane, height);
    Objects.checkFromIndexSize(row, rows, planeHeight);
    pixels.copyRows(plane, row, rows, layout.rowBytes(plane, width), target, position, stride);
    if (row + rows == planeHeight) {
      pixels.endPlane(plane);
    }
  }

  static Duration notNegative(String name, Duration time) {
    Objects.requireNonNull(time, name);
    if (time.isNegative()) {
      throw new IllegalArgumentException(name + " " + time + ": must not be negative");
    }
    if (time.compareTo(MAX_TIME) > 0) {
      throw new IllegalArgumentException(
          name
              + " "
              + time
              + ": must be at most "
              + MAX_TIME.toDays()
              + " days; times are measured from the start of the stream, not from 1970");
    }
    return time;
  }
}
