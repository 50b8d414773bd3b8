package io.reelmux.reader;

import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrames;
import io.reelmux.reader.spi.FrameFacts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * N frames in one buffer of the JVM, in the order in which they were asked for. Remains valid after
 * the reader has been closed.
 */
public final class FrameBatch {
  private final List<FrameFacts> facts;
  private final TimeBase timeBase;
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final ByteBuffer data;

  FrameBatch(
      List<FrameFacts> facts,
      TimeBase timeBase,
      PixelLayout layout,
      int width,
      int height,
      ByteBuffer data) {
    this.facts = facts;
    this.timeBase = timeBase;
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.data = data;
  }

  /** {@return the number of frames} */
  public int count() {
    return facts.size();
  }

  /** {@return the layout of each frame} */
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

  /**
   * Returns the shape of {@link #data} as a tensor of components.
   *
   * @return {n, height, width, 3} or {..., 4} for packed RGB, {n, height, width} for gray, {n, 3,
   *     height, width} for planes of equal size, {n, rows, width} for NV12 and other layouts whose
   *     chroma fills whole rows: NV12 has {n, height * 3 / 2, width}. Otherwise {n, components}
   */
  public long[] shape() {
    long n = count();
    long components = layout.frameBytes(width, height) / layout.bytesPerComponent();
    long pixels = (long) width * height;
    if (layout.isGray()) {
      return new long[] {n, height, width};
    }
    if (layout.planeCount() == 3 && components == 3 * pixels) {
      return new long[] {n, 3, height, width};
    }
    if (layout.planeCount() == 1) {
      return new long[] {n, height, width, components / pixels};
    }
    return components % width == 0
        ? new long[] {n, components / width, width}
        : new long[] {n, components};
  }

  /**
   * Returns the frames one after another, each with {@link PixelLayout#frameBytes} bytes.
   *
   * @return a read-only, little-endian view, whose position is 0; nothing is copied
   */
  public ByteBuffer data() {
    return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns one of the frames.
   *
   * @param i its place in the batch, from 0
   * @return a frame over the same memory
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public ReadFrame get(int i) {
    Objects.checkIndex(i, count());
    int bytes = (int) layout.frameBytes(width, height);
    return new ReadFrame(
        facts.get(i), timeBase, layout, width, height, data.slice(i * bytes, bytes), null);
  }

  /** {@return when each frame is shown, in seconds on the file's timeline} */
  public double[] seconds() {
    double unit = (double) timeBase.numerator();
    return facts.stream().mapToDouble(f -> f.pts() * unit / timeBase.denominator()).toArray();
  }

  /**
   * Returns the frames for {@link io.reelmux.VideoStream#addFrames(VideoFrames)} of a stream of
   * constant frame rate. Nothing is copied. Their times, should they matter, are those of {@link
   * #get}: {@link VideoFrames#withPts(List)} sets them.
   *
   * @return frames without times, over the same memory
   */
  public VideoFrames toVideoFrames() {
    return VideoFrames.of(layout, width, height, data());
  }

  /** {@code 8 frames of RGB24 1280x720}. */
  @Override
  public String toString() {
    return count() + " frames of " + layout + " " + width + "x" + height;
  }
}
