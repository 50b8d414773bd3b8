package io.reelmux.reader;

import io.reelmux.Device;
import io.reelmux.VideoFrame;
import io.reelmux.VideoStream;
import io.reelmux.reader.spi.FrameFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The frames of a reader, one after another, on their way to an encoder. */
abstract class FrameFlow {

  /** Starts near a time, or where frames are not numbered at the start. */
  abstract void seekNear(Duration time) throws IOException;

  /** Reads the next frame; returns false at the end. */
  abstract boolean next() throws IOException;

  /** The number of the frame. */
  abstract long index();

  /** When the frame is shown. */
  abstract Duration time();

  /** How long it is shown; zero if that is not known. */
  abstract Duration duration();

  /**
   * Encodes the frame.
   *
   * @param pts null if the encoder counts frames
   * @param shown how long it is shown, if the encoder cannot be told at the end
   */
  abstract void addTo(VideoStream stream, @Nullable Duration pts, Optional<Duration> shown)
      throws IOException;

  /** Releases the frame. */
  abstract void close();

  /**
   * Returns the shorter way: frames stay on the GPU if they are decoded and encoded there.
   *
   * @param notes receives why they do not, although a GPU was asked for
   */
  static FrameFlow of(VideoReader reader, VideoStream stream, Consumer<String> notes) {
    Device device = reader.device();
    if (!device.isCuda() || !device.equals(stream.options().device())) {
      return new InHostMemory(reader);
    }
    String reason = reader.deviceFramesUnsupportedReason().orElse(null);
    if (reason == null) {
      return new OnDevice(reader, notes);
    }
    notes.accept(note(reader, reason));
    return new InHostMemory(reader);
  }

  private static String note(VideoReader reader, String reason) {
    return "video "
        + reader.info().index()
        + ": frames are copied through host memory, because "
        + reason;
  }

  private static void add(
      VideoStream stream, VideoFrame frame, @Nullable Duration pts, Optional<Duration> shown)
      throws IOException {
    VideoFrame timed = pts == null ? frame : frame.withPts(pts);
    stream.addFrame(shown.map(timed::withDuration).orElse(timed));
  }

  /** Frames in one buffer. */
  private static final class InHostMemory extends FrameFlow {
    private final VideoReader reader;
    private final VideoReader.Place place = new VideoReader.Place();
    private final ByteBuffer pixels;
    private @Nullable ReadFrame frame;

    InHostMemory(VideoReader reader) {
      this.reader = reader;
      this.pixels = ByteBuffer.allocate(reader.frameBytes());
    }

    @Override
    void seekNear(Duration time) throws IOException {
      reader.seekNear(place, time);
    }

    @Override
    boolean next() throws IOException {
      frame = null;
      reader.next(place, pixels);
      FrameFacts facts = place.facts();
      frame = facts == null ? null : reader.frame(facts, pixels, null);
      return facts != null;
    }

    private ReadFrame frame() {
      if (frame == null) {
        throw new IllegalStateException("there is no frame");
      }
      return frame;
    }

    @Override
    long index() {
      return frame().index();
    }

    @Override
    Duration time() {
      return frame().time();
    }

    @Override
    Duration duration() {
      return frame().duration();
    }

    @Override
    void addTo(VideoStream stream, @Nullable Duration pts, Optional<Duration> shown)
        throws IOException {
      add(stream, frame().toUntimedVideoFrame(), pts, shown);
    }

    @Override
    void close() {}
  }

  /** Frames on a GPU, as long as the encoder supports them. */
  private static final class OnDevice extends FrameFlow {
    private final VideoReader reader;
    private final DeviceCursor cursor;
    private final Consumer<String> notes;

    /** Whether frames are copied, because one could not be encoded as it was. */
    private boolean downloads;

    OnDevice(VideoReader reader, Consumer<String> notes) {
      this.reader = reader;
      this.cursor = reader.deviceCursor();
      this.notes = notes;
    }

    @Override
    void seekNear(Duration time) throws IOException {
      cursor.seekNear(time);
    }

    @Override
    boolean next() throws IOException {
      return cursor.next();
    }

    @Override
    long index() {
      return cursor.frame().index();
    }

    @Override
    Duration time() {
      return cursor.frame().time();
    }

    @Override
    Duration duration() {
      return cursor.frame().duration();
    }

    @Override
    void addTo(VideoStream stream, @Nullable Duration pts, Optional<Duration> shown)
        throws IOException {
      DeviceFrame frame = cursor.frame();
      if (!downloads && frame.device().isCuda()) {
        try {
          stream.addFrames(pts == null ? frame.toUntimedDeviceFrames() : frame.at(pts));
          return;
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
          // refused before anything was touched: the encoder's format is another one
          downloads = true;
          notes.accept(note(reader, String.valueOf(e.getMessage())));
        }
      }
      add(stream, frame.download().toUntimedVideoFrame(), pts, shown);
    }

    @Override
    void close() {
      cursor.close();
    }
  }
}
