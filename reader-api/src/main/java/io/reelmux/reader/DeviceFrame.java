package io.reelmux.reader;

import io.reelmux.Device;
import io.reelmux.DeviceFrames;
import io.reelmux.PixelLayout;
import io.reelmux.TimeBase;
import io.reelmux.reader.spi.DecodedSurface;
import java.io.IOException;
import java.time.Duration;

/**
 * A frame that has been decoded on a GPU and is still there. It takes GPU memory until it is
 * closed; closing the reader closes its frames as well. Any thread may close it, also while an
 * encoder uses it: what has been added to an encoder remains valid.
 *
 * <p>If the GPU has failed and {@link VideoOutput#fallbackToCpu} is set, the frame is in host
 * memory, and {@link #device} is the CPU; {@link #download} works as well.
 */
public final class DeviceFrame implements AutoCloseable {
  private final VideoReader reader;
  private final DecodedSurface surface;
  private final TimeBase timeBase;

  DeviceFrame(VideoReader reader, DecodedSurface surface, TimeBase timeBase) {
    this.reader = reader;
    this.surface = surface;
    this.timeBase = timeBase;
  }

  /** {@return the number of the frame, from 0} */
  public long index() {
    return surface.facts().index();
  }

  /** {@return when it is shown, in ticks of {@link #timeBase}} */
  public long pts() {
    return surface.facts().pts();
  }

  /** {@return the unit of {@link #pts}} */
  public TimeBase timeBase() {
    return timeBase;
  }

  /** {@return when it is shown, on the file's timeline, rounded to nanoseconds} */
  public Duration time() {
    return timeBase.toDuration(pts());
  }

  /** {@return how long it is shown; zero if that is not known} */
  public Duration duration() {
    return timeBase.toDuration(surface.facts().duration());
  }

  /** {@return whether decoding can start at it} */
  public boolean keyFrame() {
    return surface.facts().keyFrame();
  }

  /** {@return whether it was decoded with errors, which {@link Damage#KEEP} allows} */
  public boolean damaged() {
    return surface.facts().damaged();
  }

  /** {@return the GPU; the CPU after a fallback} */
  public Device device() {
    return surface.device();
  }

  /**
   * {@return the layout in GPU memory: {@link PixelLayout#NV12} or {@link PixelLayout#P010}; the
   * reader's after a fallback, and for what NVENC does not encode}
   */
  public PixelLayout layout() {
    return surface.layout();
  }

  /** {@return the width in pixels} */
  public int width() {
    return surface.width();
  }

  /** {@return the height in pixels} */
  public int height() {
    return surface.height();
  }

  /**
   * Returns the frame for {@link io.reelmux.VideoStream#addFrames(DeviceFrames)} of a stream on the
   * same GPU that has a constant frame rate. Nothing is copied. The encoder keeps what it needs, so
   * this may be closed as soon as the frame has been added.
   *
   * @return one frame without a time
   * @throws IllegalStateException if this is closed, or the frame is in host memory
   */
  public DeviceFrames toUntimedDeviceFrames() {
    return surface.frames(null);
  }

  /**
   * As {@link #toUntimedDeviceFrames}, with the frame's time, for a stream of {@link
   * io.reelmux.VideoOptions.Builder#variableFrameRate}.
   *
   * @param start the moment of the file's timeline that is 0 in the new file
   * @return one frame
   * @throws IllegalStateException if this is closed, the frame is in host memory, or it is before
   *     {@code start}
   */
  public DeviceFrames toDeviceFrames(Duration start) {
    Duration pts = time().minus(start);
    if (pts.isNegative()) {
      throw new IllegalStateException(
          "frame " + index() + " is at " + time() + ", before " + start);
    }
    return surface.frames(pts);
  }

  DeviceFrames at(Duration pts) {
    return surface.frames(pts);
  }

  /**
   * Copies the frame into host memory, with the layout, size and colors that the reader was opened
   * with: the same frame as {@link VideoReader#frame} returns.
   *
   * @return a frame with memory of its own, which remains valid
   * @throws IllegalStateException if this or the reader is closed
   * @throws IOException if the library fails
   */
  public ReadFrame download() throws IOException {
    return reader.download(surface);
  }

  /** Releases the memory on the GPU. A second call does nothing. */
  @Override
  public void close() {
    surface.release();
  }

  /** {@code frame 3 at PT0.12S: NV12 1280x720 on cuda:0}. */
  @Override
  public String toString() {
    return "frame " + index() + " at " + time() + ": " + layout() + " " + width() + "x" + height()
        + " on " + device();
  }
}
