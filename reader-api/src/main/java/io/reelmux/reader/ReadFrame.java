package io.reelmux.reader;

import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.VideoFrame;
import io.reelmux.reader.spi.FrameFacts;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A frame that has been read, in memory of the JVM. It remains valid after the reader has been
 * closed.
 *
 * <p>A frame of a {@link FrameCursor} or a {@link MediaCursor} is in the cursor's memory: once the
 * cursor has moved on, its pixels are refused, and {@link #copy} keeps them. What is known of it
 * remains available. All other frames have memory that does not change.
 */
public final class ReadFrame {

  /** Whose memory a frame is in, if it is reused. */
  @FunctionalInterface
  interface Lease {
    /** Returns whether the memory still holds the frame. */
    boolean isValid();
  }

  private final FrameFacts facts;
  private final TimeBase timeBase;
  private final PixelLayout layout;
  private final int width;
  private final int height;
  private final ByteBuffer pixels;
  private final @Nullable Lease lease;

  ReadFrame(
      FrameFacts facts,
      TimeBase timeBase,
      PixelLayout layout,
      int width,
      int height,
      ByteBuffer pixels,
      @Nullable Lease lease) {
    this.facts = facts;
    this.timeBase = timeBase;
    this.layout = layout;
    this.width = width;
    this.height = height;
    this.pixels = pixels;
    this.lease = lease;
  }

  /** {@return the number of the frame, from 0} */
  public long index() {
    return facts.index();
  }

  /** {@return when it is shown, in ticks of {@link #timeBase}} */
  public long pts() {
    return facts.pts();
  }

  /**
   * {@return the unit of {@link #pts}: the stream's, or one that holds the times of {@link
   * VideoOutput#frameRate} exactly}
   */
  public TimeBase timeBase() {
    return timeBase;
  }

  /** {@return when it is shown, on the file's timeline, rounded to nanoseconds} */
  public Duration time() {
    return timeBase.toDuration(facts.pts());
  }

  /** {@return how long it is shown; zero if that is not known} */
  public Duration duration() {
    return timeBase.toDuration(facts.duration());
  }

  /** {@return whether decoding can start at it} */
  public boolean keyFrame() {
    return facts.keyFrame();
  }

  /** {@return whether it was decoded with errors, which {@link Damage#KEEP} allows} */
  public boolean damaged() {
    return facts.damaged();
  }

  /** {@return the type that the codec states: {@code I}, {@code P}, {@code B}, {@code S}, or ?} */
  public char frameType() {
    return facts.type();
  }

  /** {@return the layout of the pixels} */
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
   * Returns the pixels: {@link PixelLayout#frameBytes} bytes, planes one after another, rows
   * without padding. NV12 is thus one array of (height * 3 / 2, width).
   *
   * @return a read-only, little-endian view, whose position is 0; nothing is copied
   * @throws IllegalStateException if the frame's cursor has moved on
   */
  public ByteBuffer pixels() {
    return memory().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The pixels, writable, for reading by this package. */
  private ByteBuffer memory() {
    if (lease != null && !lease.isValid()) {
      throw new IllegalStateException(
          "frame "
              + index()
              + " is no longer in the cursor's memory, which holds the next one: copy() keeps it");
    }
    return pixels.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the frame for {@link io.reelmux.VideoStream#addFrame}, at its {@link #time}; the stream
   * requires {@link io.reelmux.VideoOptions.Builder#variableFrameRate}, which {@link
   * VideoReader#encoding} sets. Nothing is copied.
   *
   * @return a frame over the same memory
   * @throws IllegalStateException if the time is negative, or the frame's cursor has moved on
   */
  public VideoFrame toVideoFrame() {
    return toVideoFrame(Duration.ZERO);
  }

  /**
   * Returns the frame for {@link io.reelmux.VideoStream#addFrame}, as {@link #toVideoFrame()}, with
   * times that count from another moment. If all streams of the file are encoded, it is the same
   * for all of them, such as {@link MediaInfo#start}.
   *
   * @param start the moment of the file's timeline that is 0 in the new file
   * @return a frame over the same memory
   * @throws IllegalStateException if the frame is before {@code start}, or its cursor has moved on
   */
  public VideoFrame toVideoFrame(Duration start) {
    Duration pts = time().minus(start);
    if (pts.isNegative()) {
      throw new IllegalStateException(
          "frame "
              + index()
              + " is at "
              + time()
              + ", before "
              + start
              + ": times of an encoder must not be negative; toVideoFrame(start) subtracts another");
    }
    return toUntimedVideoFrame().withPts(pts);
  }

  /**
   * Returns the frame for a {@link io.reelmux.VideoStream} of constant frame rate, which shows
   * frame n at n / rate. Nothing is copied.
   *
   * @return a frame without a time, over the same memory
   * @throws IllegalStateException if the frame's cursor has moved on
   */
  public VideoFrame toUntimedVideoFrame() {
    return VideoFrame.of(layout, width, height, memory());
  }

  /**
   * Returns the frame as an image. Components wider than a byte become bytes, except 16-bit gray;
   * floats are clipped to 0 to 1.
   *
   * @return an image with memory of its own, of type {@code TYPE_3BYTE_BGR}, {@code
   *     TYPE_4BYTE_ABGR}, {@code TYPE_BYTE_GRAY} or {@code TYPE_USHORT_GRAY}
   * @throws UnsupportedOperationException if the layout is Y'CbCr: read an RGB layout instead
   * @throws IllegalStateException if the frame's cursor has moved on
   */
  public BufferedImage toImage() {
    return FrameImages.image(layout, width, height, memory());
  }

  /**
   * Returns the same frame in memory of its own.
   *
   * @return a frame whose pixels do not change
   * @throws IllegalStateException if the frame's cursor has moved on
   */
  public ReadFrame copy() {
    ByteBuffer source = memory();
    ByteBuffer own = ByteBuffer.allocate(source.remaining()).put(source).flip();
    return new ReadFrame(facts, timeBase, layout, width, height, own, null);
  }

  /** {@code frame 3 at PT0.12S: RGB24 1280x720, P}. */
  @Override
  public String toString() {
    return "frame "
        + index()
        + " at "
        + time()
        + ": "
        + layout
        + " "
        + width
        + "x"
        + height
        + ", "
        + frameType()
        + (keyFrame() ? ", key" : "")
        + (damaged() ? ", damaged" : "");
  }
}
