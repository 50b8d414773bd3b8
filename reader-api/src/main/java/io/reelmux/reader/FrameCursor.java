package io.reelmux.reader;

import io.reelmux.reader.spi.FrameFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames in order into memory that is reused: the fastest way to read a stream.
 *
 * <pre>{@code
 * FrameCursor cursor = reader.cursor();
 * while (cursor.next()) {
 *   process(cursor.frame().pixels());
 * }
 * }</pre>
 *
 * <p>One thread at a time. Nothing is to be closed; the cursor is usable as long as its reader.
 */
public final class FrameCursor {
  private final VideoReader reader;
  private final VideoReader.Place place = new VideoReader.Place();
  private final ByteBuffer pixels;
  private @Nullable ReadFrame frame;

  FrameCursor(VideoReader reader) {
    this.reader = reader;
    this.pixels = ByteBuffer.allocate(reader.frameBytes());
  }

  /**
   * Reads the next frame. The frame before is no longer valid, whatever the outcome.
   *
   * @return false at the end
   * @throws DamagedFrameException if the frame is damaged and {@link Damage#FAIL} is set; the next
   *     call reads on behind it
   * @throws IllegalStateException if the reader has been closed or has failed, or another cursor
   *     has been used and frames can only be read in order
   * @throws IOException if the library or the source fails
   */
  public boolean next() throws IOException {
    frame = null;
    reader.next(place, pixels);
    FrameFacts facts = place.facts();
    if (facts != null) {
      frame = lease(facts);
    }
    return facts != null;
  }

  private ReadFrame lease(FrameFacts facts) {
    return reader.frame(facts, pixels, () -> facts.equals(place.facts()));
  }

  /**
   * Returns the frame that was read last. Its pixels are valid until the next call of {@link #next}
   * or {@code seek}; a frame that is older refuses to return them, and a buffer that was obtained
   * from it before shows the pixels of the current frame.
   *
   * @return the frame, in the cursor's memory
   * @throws IllegalStateException if {@link #next} has not been called, has returned false, or has
   *     failed
   */
  public ReadFrame frame() {
    ReadFrame current = frame;
    if (current == null) {
      throw new IllegalStateException(
          "there is no frame: call next(), and only if it returns true");
    }
    return current;
  }

  /**
   * Continues at a frame: the next call of {@link #next} reads it.
   *
   * @param index its number
   * @throws IndexOutOfBoundsException if there is no such frame; the cursor stays where it is
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws IOException if the library or the source fails
   */
  public void seek(long index) throws IOException {
    reader.seek(place, index);
    frame = null;
  }

  /**
   * Continues at the frame that is shown at a time, as {@link VideoReader#frameShownAt} finds it.
   *
   * @param time a time on the file's timeline
   * @throws IndexOutOfBoundsException if no frame is shown then; the cursor stays where it is
   * @throws UnsupportedOperationException if frames can only be read in order
   * @throws IOException if the library or the source fails
   */
  public void seek(Duration time) throws IOException {
    Objects.requireNonNull(time, "time");
    reader.seek(place, time);
    frame = null;
  }

  /**
   * Sets whether {@link #next} returns key frames only, and decodes no others: a fast way through a
   * long file.
   *
   * @param value false by default
   * @throws IllegalStateException if {@link VideoOutput#frameRate} is set: frames cannot be left
   *     out at a constant rate
   */
  public void keyFramesOnly(boolean value) {
    if (value && reader.output().frameRate().isPresent()) {
      throw new IllegalStateException(
          "keyFramesOnly contradicts VideoOutput.frameRate: read the stream without it");
    }
    place.keyFramesOnly(value);
  }

  /** {@code cursor of video 0: h264, RGB24 1280x720, at frame 3}. */
  @Override
  public String toString() {
    return "cursor of " + reader + (frame == null ? "" : ", at frame " + frame.index());
  }
}
