package io.reelmux.reader;

import io.reelmux.reader.spi.DecodedSurface;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames in order and leaves them on the GPU that decodes them.
 *
 * <pre>{@code
 * try (DeviceCursor cursor = reader.deviceCursor()) {
 *   while (cursor.next()) {
 *     video.addFrames(cursor.frame().toDeviceFrames(start));
 *   }
 * }
 * }</pre>
 *
 * <p>One thread at a time. It holds one frame, which {@link #close} releases.
 */
public final class DeviceCursor implements AutoCloseable {
  private final VideoReader reader;
  private final VideoReader.Place place = new VideoReader.Place();
  private @Nullable DeviceFrame frame;

  DeviceCursor(VideoReader reader) {
    this.reader = reader;
  }

  /**
   * Reads the next frame. The frame before is closed, whatever the outcome.
   *
   * @return false at the end
   * @throws DamagedFrameException if the frame is damaged and {@link Damage#FAIL} is set; the next
   *     call reads on behind it
   * @throws IllegalStateException if the reader has been closed or has failed, or another cursor
   *     has been used and frames can only be read in order
   * @throws IOException if the library or the source fails
   */
  public boolean next() throws IOException {
    close();
    DecodedSurface surface = reader.nextSurface(place);
    frame = surface == null ? null : reader.deviceFrame(surface);
    return surface != null;
  }

  /**
   * Returns the frame that was read last, which the next call of {@link #next} or {@code seek}
   * closes.
   *
   * @return the frame
   * @throws IllegalStateException if {@link #next} has not been called, has returned false, or has
   *     failed
   */
  public DeviceFrame frame() {
    DeviceFrame current = frame;
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
    close();
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
    close();
  }

  void seekNear(Duration time) throws IOException {
    reader.seekNear(place, time);
  }

  /** Closes the frame that was read last. The cursor remains usable. */
  @Override
  public void close() {
    DeviceFrame current = frame;
    frame = null;
    if (current != null) {
      current.close();
    }
  }

  /** {@code device cursor of video 0: h264, I420 1280x720, at frame 3}. */
  @Override
  public String toString() {
    return "device cursor of " + reader + (frame == null ? "" : ", at frame " + frame.index());
  }
}
