package io.reelmux;

import io.reelmux.internal.MemoryAccess;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
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
    MemoryAccess.setFrames(VideoFrame::copyRows, VideoFrame::isOpaque);
  }

  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final PixelSource pixels;

  /** The corner in the pixels' own frame. */
  private final int x;

  private final int y;

  private final @Nullable Duration pts;
  private final @Nullable Duration duration;
  private final boolean keyFrame;

  VideoFrame(PixelLayout layout, int width, int height, PixelSource pixels) {
    this(layout, width, height, pixels, 0, 0, null, null, false);
  }

  VideoFrame(
      PixelLayout layout,
      int width,
      int height,
      PixelSource pixels,
      int x,
      int y,
      @Nullable Duration pts,
      @Nullable Duration duration,
      boolean keyFrame) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.x = x;
    this.y = y;
    this.pts = pts;
    this.duration = duration;
    this.keyFrame = keyFrame;
  }

  /**
   * Returns a frame over an image of any type. Colors are sRGB, to which other color spaces are
   * converted; premultiplied alpha is undone. Images of 16 bits per component, such as PNG files
   * may be, keep them if they are sRGB or gray. Gray is read as the stored value, as Java 2D draws
   * it.
   *
   * @param image the image; must not change until the frame has been added
   * @return the frame
   */
  public static VideoFrame of(BufferedImage image) {
    return ImagePixels.frame(Objects.requireNonNull(image, "image"));
  }

  /**
   * Returns a tightly packed frame, planes one after another. Components wider than a byte are
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
   * limit, which do not change. Components wider than a byte are in the buffer's byte order.
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
   * @param strides for each plane, the number of bytes from one row to the next in memory, at least
   *     {@link PixelLayout#rowBytes}; the last row in memory needs no padding. A negative stride
   *     means that the rows are stored from bottom to top, as in a BMP file: the buffer's position
   *     is still the lowest address, and the row stored there is shown at the bottom
   * @return the frame
   * @throws IllegalArgumentException if the number of planes or strides, a stride or a length is
   *     wrong
   */
  public static VideoFrame of(
      PixelLayout layout, int width, int height, List<ByteBuffer> planes, int... strides) {
    Objects.requireNonNull(planes, "planes");
    Objects.requireNonNull(strides, "strides");
    checkedFrameBytes(layout, width, height);
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
    int[] offsets = new int[count];
    for (int plane = 0; plane < count; plane++) {
      offsets[plane] = BufferPixels.firstRow(strides[plane], layout.planeHeight(plane, height));
    }
    return new VideoFrame(
        layout, width, height, new BufferPixels(buffers, offsets, strides.clone()));
  }

  /**
   * Returns a tightly packed frame of a layout whose components are 32-bit floats.
   *
   * @param layout the layout in memory: RGB_F32, RGBA_F32, GRAY_F32 or RGB_PLANAR_F32
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels the components of all pixels, plane after plane
   * @return the frame
   * @throws IllegalArgumentException if the size is out of range, or the layout or the length is
   *     wrong
   */
  public static VideoFrame of(PixelLayout layout, int width, int height, float[] pixels) {
    return of(layout, width, height, FloatBuffer.wrap(Objects.requireNonNull(pixels, "pixels")));
  }

  /**
   * Returns a tightly packed frame of a layout whose components are 32-bit floats, between the
   * buffer's position and limit, which do not change.
   *
   * @param layout the layout in memory: RGB_F32, RGBA_F32, GRAY_F32 or RGB_PLANAR_F32
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels the components of all pixels, plane after plane
   * @return the frame
   * @throws IllegalArgumentException if the size is out of range, or the layout or the length is
   *     wrong
   */
  public static VideoFrame of(PixelLayout layout, int width, int height, FloatBuffer pixels) {
    Objects.requireNonNull(pixels, "pixels");
    checkLength(layout, width, height, (long) pixels.remaining() * Float.BYTES);
    if (!layout.isFloat() || layout.bytesPerComponent() != Float.BYTES) {
      throw new IllegalArgumentException(
          layout
              + " does not consist of 32-bit floats: use RGB_F32, RGBA_F32, GRAY_F32 or"
              + " RGB_PLANAR_F32, or a buffer of another type");
    }
    return new VideoFrame(
        layout,
        width,
        height,
        new PackedPixels(layout, width, height, pixels.slice(), Float.BYTES));
  }

  /**
   * Returns a tightly packed frame of a layout whose components have two bytes.
   *
   * @param layout the layout in memory: GRAY16, RGB48, RGB48_PLANAR, RGBA64, P010, I420_10,
   *     I422_10, I444_10 or RGB_PLANAR_F16
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels the components of all pixels, unsigned, plane after plane
   * @return the frame
   * @throws IllegalArgumentException if the size is out of range, or the layout or the length is
   *     wrong
   */
  public static VideoFrame of(PixelLayout layout, int width, int height, short[] pixels) {
    return of(layout, width, height, ShortBuffer.wrap(Objects.requireNonNull(pixels, "pixels")));
  }

  /**
   * Returns a tightly packed frame of a layout whose components have two bytes, between the
   * buffer's position and limit, which do not change.
   *
   * @param layout the layout in memory: GRAY16, RGB48, RGB48_PLANAR, RGBA64, P010, I420_10,
   *     I422_10, I444_10 or RGB_PLANAR_F16
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels the components of all pixels, unsigned, plane after plane
   * @return the frame
   * @throws IllegalArgumentException if the size is out of range, or the layout or the length is
   *     wrong
   */
  public static VideoFrame of(PixelLayout layout, int width, int height, ShortBuffer pixels) {
    Objects.requireNonNull(pixels, "pixels");
    checkLength(layout, width, height, (long) pixels.remaining() * Short.BYTES);
    if (layout.bytesPerComponent() != Short.BYTES) {
      throw new IllegalArgumentException(
          layout + " does not consist of components of two bytes: use a buffer of another type");
    }
    return new VideoFrame(
        layout,
        width,
        height,
        new PackedPixels(layout, width, height, pixels.slice(), Short.BYTES));
  }

  /**
   * Returns a frame of packed pixels, as {@link BufferedImage#getRGB} returns them.
   *
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels width times height pixels 0xAARRGGBB, row by row, not premultiplied; alpha 0xFF
   *     is opaque
   * @return the frame
   * @throws IllegalArgumentException if the size is out of range or the length is wrong
   */
  public static VideoFrame ofArgb(int width, int height, int[] pixels) {
    Objects.requireNonNull(pixels, "pixels");
    PixelLayout layout = ImagePixels.ARGB_INTS;
    checkLength(layout, width, height, (long) pixels.length * Integer.BYTES);
    return new VideoFrame(
        layout,
        width,
        height,
        new PackedPixels(layout, width, height, IntBuffer.wrap(pixels), Integer.BYTES));
  }

  /** Returns a frame whose length has been checked. */
  private static VideoFrame packed(PixelLayout layout, int width, int height, ByteBuffer buffer) {
    return new VideoFrame(
        layout, width, height, new PackedPixels(layout, width, height, buffer, Byte.BYTES));
  }

  private static void checkLength(PixelLayout layout, int width, int height, long bytes) {
    long expected = checkedFrameBytes(layout, width, height);
    if (bytes != expected) {
      throw new IllegalArgumentException(
          layout
              + " "
              + width
              + "x"
              + height
              + " needs "
              + expected
              + " bytes, the buffer has "
              + bytes);
    }
  }

  /** Returns the bytes of a packed frame, whose size has been checked. */
  static long checkedFrameBytes(PixelLayout layout, int width, int height) {
    Objects.requireNonNull(layout, "layout");
    Checks.inRange("width", width, 1, VideoOptions.MAX_SIDE);
    Checks.inRange("height", height, 1, VideoOptions.MAX_SIDE);
    return layout.frameBytes(width, height);
  }

  private static void checkPlane(
      PixelLayout layout, int width, int height, int plane, ByteBuffer buffer, int stride) {
    int rowBytes = checkStride(layout, width, height, plane, stride);
    long needed = Math.abs((long) stride) * (layout.planeHeight(plane, height) - 1) + rowBytes;
    if (buffer.remaining() < needed) {
      throw new IllegalArgumentException(
          "plane %d of %s %dx%d with stride %d needs %d bytes, the buffer has %d"
              .formatted(plane, layout, width, height, stride, needed, buffer.remaining()));
    }
  }

  /** Checks the stride of a plane, and returns the length of its rows. */
  static int checkStride(PixelLayout layout, int width, int height, int plane, int stride) {
    int rowBytes = layout.rowBytes(plane, width);
    if (Math.abs((long) stride) < rowBytes) {
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
        layout, width, height, pixels, x, y, notNegative("pts", time), duration, keyFrame);
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
        layout, width, height, pixels, x, y, pts, notNegative("duration", time), keyFrame);
  }

  /**
   * Returns the same frame, to be encoded as a key frame.
   *
   * @return a copy
   */
  public VideoFrame withKeyFrame() {
    return new VideoFrame(layout, width, height, pixels, x, y, pts, duration, true);
  }

  /**
   * Returns the same frame, which keeps an object reachable as long as the frame is. Required for a
   * direct buffer over memory that is freed with that object, as JavaCPP's pointers and OpenCV's
   * matrices do it: a buffer does not refer to them.
   *
   * @param owner the object that frees the memory when it is garbage-collected
   * @return a copy
   */
  public VideoFrame withOwner(Object owner) {
    Objects.requireNonNull(owner, "owner");
    return new VideoFrame(
        layout, width, height, new OwnedPixels(pixels, owner), x, y, pts, duration, keyFrame);
  }

  /**
   * Returns a part of the frame, over the same memory.
   *
   * @param left the first column, from 0; even if chroma is subsampled horizontally
   * @param top the first row, from 0; even if chroma is subsampled vertically
   * @param cropWidth width of the part in pixels, positive
   * @param cropHeight height of the part in pixels, positive
   * @return a frame of that size, with the same times
   * @throws IllegalArgumentException if the part is empty or exceeds the frame, or its corner is
   *     between two chroma samples
   */
  public VideoFrame withCrop(int left, int top, int cropWidth, int cropHeight) {
    Checks.inRange("crop x", left, 0, width - 1);
    Checks.inRange("crop y", top, 0, height - 1);
    Checks.inRange("crop width", cropWidth, 1, width - left);
    Checks.inRange("crop height", cropHeight, 1, height - top);
    layout.checkCorner(left, top);
    return new VideoFrame(
        layout, cropWidth, cropHeight, pixels, x + left, y + top, pts, duration, keyFrame);
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

  /** {@return the byte order of components wider than a byte} */
  public ByteOrder order() {
    return pixels.order();
  }

  /** Returns whether alpha is undefined: {@link io.reelmux.spi.HostMemory#isOpaque}. */
  boolean isOpaque() {
    return pixels.isOpaque();
  }

  /** Copies rows of a plane: {@link io.reelmux.spi.HostMemory#copyRows}. */
  void copyRows(int plane, int row, int rows, ByteBuffer target, int position, int stride) {
    int planeHeight = layout.planeHeight(plane, height);
    Objects.checkFromIndexSize(row, rows, planeHeight);
    int skip = layout.rowBytes(plane, x);
    int first = layout.planeHeight(plane, y) + row;
    int rowBytes = layout.rowBytes(plane, width);
    pixels.copyRows(plane, first, rows, skip, rowBytes, target, position, stride);
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

  /** {@code RGB24 1280x720 at PT1S}. */
  @Override
  public String toString() {
    return layout + " " + width + "x" + height + (pts == null ? "" : " at " + pts);
  }
}
