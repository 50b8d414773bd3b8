package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
  private final @Nullable Duration pts;
  private final boolean keyFrame;

  private VideoFrames(
      PixelLayout layout,
      int width,
      int height,
      int count,
      ByteBuffer buffer,
      @Nullable Duration pts,
      boolean keyFrame) {
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.count = count;
    this.buffer = buffer;
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
    return new VideoFrames(layout, width, height, count, view, null, false);
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
   * Returns the same frames, the first with a presentation time and each other one following the
   * frame before. Requires a stream with {@link VideoOptions.Builder#variableFrameRate}.
   *
   * @param time the time of the first frame from the start of the stream, not negative
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public VideoFrames withPts(Duration time) {
    return new VideoFrames(
        layout, width, height, count, buffer, VideoFrame.notNegative("pts", time), keyFrame);
  }

  /**
   * Returns the same frames, the first to be encoded as a key frame.
   *
   * @return a copy
   */
  public VideoFrames withKeyFrame() {
    return new VideoFrames(layout, width, height, count, buffer, pts, true);
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
    int offset = Math.toIntExact(index * layout.frameBytes(width, height));
    VideoFrame frame = VideoFrame.packed(layout, width, height, buffer, offset);
    if (index > 0) {
      return frame;
    }
    VideoFrame timed = pts == null ? frame : frame.withPts(pts);
    return keyFrame ? timed.withKeyFrame() : timed;
  }
}
