package io.reelmux.reader.spi;

import io.reelmux.Device;
import io.reelmux.PixelLayout;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.ReadReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the frames of one video stream into Java memory.
 *
 * <p>A target has exactly {@link PixelLayout#frameBytes} bytes between position and limit, any byte
 * order and any kind of memory. Planes follow one another, rows are tight, components wider than a
 * byte are little-endian; its position does not change.
 */
public interface VideoDecoder {

  /** {@return the width of the frames in pixels} */
  int width();

  /** {@return the height of the frames in pixels} */
  int height();

  /** {@return the layout of the frames} */
  PixelLayout layout();

  /**
   * Returns why frames cannot be decoded by number, such as a filter that changes how many there
   * are.
   *
   * @return the reason, in a sentence; null if they can
   */
  @Nullable String sequentialOnly();

  /**
   * Returns the index, which is made by the first call. Which frame {@link #next} returns does not
   * change.
   *
   * @return the same object for every call
   * @throws IOException if the library or the source fails
   */
  FrameIndex index() throws IOException;

  /**
   * Decodes a frame by its number. Decoding continues from the frame before if that is closer than
   * the nearest key frame.
   *
   * @param index the number of the frame, less than the index's count
   * @param target receives the frame
   * @return what is known of it
   * @throws io.reelmux.reader.DamagedFrameException if it is damaged and must not be returned; the
   *     decoder remains usable
   * @throws IOException if the library or the source fails
   */
  FrameFacts frame(int index, ByteBuffer target) throws IOException;

  /**
   * Decodes the frame after the one that was decoded last, the first one if there is none.
   *
   * @param target receives the frame
   * @return what is known of it; null at the end
   * @throws io.reelmux.reader.DamagedFrameException if it is damaged and must not be returned; the
   *     decoder remains usable, and the next call goes on behind it
   * @throws IOException if the library or the source fails
   */
  @Nullable FrameFacts next(ByteBuffer target) throws IOException;

  /**
   * Positions {@link #next} before a frame. Frame 0 is possible even if frames can only be decoded
   * in order, unless the source can be read only once.
   *
   * @param index the number of the frame; the index's count positions at the end
   * @throws IOException if the library or the source fails
   */
  void position(int index) throws IOException;

  /**
   * Sets whether {@link #next} returns key frames only.
   *
   * @param value false by default
   */
  void keyFramesOnly(boolean value);

  /** {@return where frames are decoded, which changes to the CPU if the GPU fails} */
  default Device device() {
    return Device.cpu();
  }

  /**
   * Returns why frames cannot be left where they are decoded, such as a size that they do not have.
   *
   * @return the reason, in a sentence; null if they can
   */
  default @Nullable String hostOnly() {
    return "they are decoded on the CPU";
  }

  /**
   * Decodes a frame as {@link #frame} does, and leaves it where it is decoded. Only if {@link
   * #hostOnly} is null when the decoder is opened.
   *
   * @param index the number of the frame, less than the index's count
   * @return the frame, to be released
   * @throws IOException as {@link #frame}
   */
  default DecodedSurface surface(int index) throws IOException {
    throw new IllegalStateException(hostOnly());
  }

  /**
   * Decodes a frame as {@link #next} does, and leaves it where it is decoded. Only if {@link
   * #hostOnly} is null when the decoder is opened.
   *
   * @return the frame, to be released; null at the end
   * @throws IOException as {@link #next}
   */
  default @Nullable DecodedSurface nextSurface() throws IOException {
    throw new IllegalStateException(hostOnly());
  }

  /** {@return what decoding has met so far} */
  ReadReport report();

  /** Frees everything. Never throws; a second call does nothing. */
  void release();
}
