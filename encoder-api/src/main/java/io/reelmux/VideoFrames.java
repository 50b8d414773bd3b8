package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * N frames of one layout and size, one after another in one buffer in host memory. Refers to the
 * caller's memory and copies nothing; the memory is read during {@link
 * VideoStream#addFrames(VideoFrames)} and may be reused as soon as that returns. Immutable.
 */
public final class VideoFrames {
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final int count;
  private final ByteBuffer buffer;
  private final int[] strides;
  private final BatchTimes times;
  private final boolean keyFrame;

  private VideoFrames(
      PixelLayout layout,
      int width,
      int height,
      int count,
      ByteBuffer buffer,
      int[] strides,
      BatchTimes times,
      boolean keyFrame) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.count = count;
    this.buffer = buffer;
    this.strides = strides;
    this.times = times;
    this.keyFrame = keyFrame;
  }

  /**
   * Returns tightly packed frames. Components wider than a byte are little-endian.
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
   * Components wider than a byte are in the buffer's byte order.
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
    VideoFrame.checkedFrameBytes(layout, width, height);
    int[] strides = new int[layout.planeCount()];
    for (int plane = 0; plane < strides.length; plane++) {
      strides[plane] = layout.rowBytes(plane, width);
    }
    return create(layout, width, height, pixels, strides);
  }

  /**
   * Returns frames with padded rows. Components wider than a byte are little-endian.
   *
   * @param layout the layout of each frame in memory
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels N frames, one after another; N may be 0
   * @param strides for each plane, the number of bytes from one row to the next, at least {@link
   *     PixelLayout#rowBytes}, in all frames; a plane has its height times its stride bytes, so the
   *     last row is padded, too; negative if rows are stored from bottom to top
   * @return the frames
   * @throws IllegalArgumentException if the number of strides or a stride is wrong, or the length
   *     is not a whole number of frames
   */
  public static VideoFrames of(
      PixelLayout layout, int width, int height, byte[] pixels, int... strides) {
    Objects.requireNonNull(pixels, "pixels");
    ByteBuffer buffer = ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN);
    return of(layout, width, height, buffer, strides);
  }

  /**
   * Returns frames with padded rows between the buffer's position and limit, which do not change.
   * Components wider than a byte are in the buffer's byte order.
   *
   * @param layout the layout of each frame in memory
   * @param width width in pixels, positive
   * @param height height in pixels, positive
   * @param pixels N frames, one after another; N may be 0
   * @param strides for each plane, the number of bytes from one row to the next, at least {@link
   *     PixelLayout#rowBytes}, in all frames; a plane has its height times its stride bytes, so the
   *     last row is padded, too; negative if rows are stored from bottom to top
   * @return the frames
   * @throws IllegalArgumentException if the number of strides or a stride is wrong, or the length
   *     is not a whole number of frames
   */
  public static VideoFrames of(
      PixelLayout layout, int width, int height, ByteBuffer pixels, int... strides) {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(strides, "strides");
    VideoFrame.checkedFrameBytes(layout, width, height);
    if (strides.length != layout.planeCount()) {
      throw new IllegalArgumentException(
          "%s has %d planes: got %d strides"
              .formatted(layout, layout.planeCount(), strides.length));
    }
    for (int plane = 0; plane < strides.length; plane++) {
      VideoFrame.checkStride(layout, width, height, plane, strides[plane]);
    }
    return create(layout, width, height, pixels, strides.clone());
  }

  private static VideoFrames create(
      PixelLayout layout, int width, int height, ByteBuffer pixels, int[] strides) {
    long frameBytes = frameBytes(layout, height, strides);
    if (pixels.remaining() % frameBytes != 0) {
      throw new IllegalArgumentException(
          "%s %dx%d has %d bytes per frame; the buffer has %d, which is not a multiple"
              .formatted(layout, width, height, frameBytes, pixels.remaining()));
    }
    int count = (int) (pixels.remaining() / frameBytes);
    ByteBuffer view = pixels.slice().order(pixels.order());
    return new VideoFrames(layout, width, height, count, view, strides, BatchTimes.NONE, false);
  }

  private static long frameBytes(PixelLayout layout, int height, int[] strides) {
    long bytes = 0;
    for (int plane = 0; plane < strides.length; plane++) {
      bytes += Math.abs((long) strides[plane]) * layout.planeHeight(plane, height);
    }
    return bytes;
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
   * Returns the same frames with a presentation time for the first; each of the others follows the
   * previous frame. Requires a stream with {@link VideoOptions.Builder#variableFrameRate}.
   *
   * @param time the time of the first frame from the start of the stream, not negative
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public VideoFrames withPts(Duration time) {
    return new VideoFrames(
        layout, width, height, count, buffer, strides, times.withFirst(time), keyFrame);
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
  public VideoFrames withPts(List<Duration> times) {
    return new VideoFrames(
        layout, width, height, count, buffer, strides, this.times.withEach(times, count), keyFrame);
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
  public VideoFrames withPts(Duration start, Duration step) {
    return new VideoFrames(
        layout,
        width,
        height,
        count,
        buffer,
        strides,
        times.withStep(start, step, count),
        keyFrame);
  }

  /**
   * Returns the same frames, each with a duration, which also spaces frames without a presentation
   * time. Requires a stream with {@link VideoOptions.Builder#variableFrameRate}.
   *
   * @param time how long each frame is shown, not negative; zero means the stream's frame interval
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public VideoFrames withDuration(Duration time) {
    return new VideoFrames(
        layout, width, height, count, buffer, strides, times.withDuration(time), keyFrame);
  }

  /**
   * Returns the same frames, the first to be encoded as a key frame.
   *
   * @return a copy
   */
  public VideoFrames withKeyFrame() {
    return new VideoFrames(layout, width, height, count, buffer, strides, times, true);
  }

  /** {@return the layout of each frame in memory} */
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

  /** {@return the number of frames} */
  public int count() {
    return count;
  }

  /**
   * Returns one of the frames.
   *
   * @param index index of the frame, from 0
   * @return a frame over the same memory
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  public VideoFrame frame(int index) {
    Objects.checkIndex(index, count);
    int offset = (int) (index * frameBytes(layout, height, strides));
    return new VideoFrame(
        layout,
        width,
        height,
        BufferPixels.joined(layout, height, buffer, offset, strides),
        0,
        0,
        times.pts(index).orElse(null),
        times.duration(),
        keyFrame && index == 0);
  }

  /** {@code 8 frames of RGB_PLANAR 1280x720}. */
  @Override
  public String toString() {
    return count() + " frames of " + layout() + " " + width() + "x" + height();
  }
}
