package io.reelmux.reader;

import io.reelmux.AudioSamples;
import io.reelmux.reader.spi.FrameFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads several streams in the order of time: frames and samples, whichever begins first. Made for
 * encoding them again:
 *
 * <pre>{@code
 * VideoReader frames = file.video();
 * AudioReader samples = file.audio();
 * MediaCursor cursor = file.interleaved(frames, samples);
 * while (cursor.next()) {
 *   if (cursor.isVideo()) {
 *     video.addFrame(cursor.frame().toVideoFrame());
 *   } else {
 *     audio.addSamples(cursor.samples());
 *   }
 * }
 * }</pre>
 *
 * <p>Each stream is decoded by its own reader, one frame or {@value #CHUNK} samples ahead. The
 * cursor starts at the start of the file and passes it once. One thread at a time. Nothing is to be
 * closed; the cursor is usable as long as its readers.
 */
public final class MediaCursor {

  /** The samples that {@link #samples} returns, except at the end of a stream. */
  public static final int CHUNK = 1024;

  private final List<Lane> lanes = new ArrayList<>();
  private @Nullable Lane current;

  MediaCursor(List<StreamReader> readers) {
    for (StreamReader reader : readers) {
      lanes.add(
          reader instanceof VideoReader video
              ? new VideoLane(video)
              : new AudioLane((AudioReader) reader));
    }
  }

  /** A stream, and what has been read of it ahead. */
  private abstract static class Lane {
    private boolean filled;
    private boolean ended;
    private @Nullable Duration time;

    abstract StreamReader reader();

    /** Reads on; returns the time of what was read, or null at the end. */
    abstract @Nullable Duration read() throws IOException;

    void fill() throws IOException {
      if (!filled && !ended) {
        time = read();
        filled = time != null;
        ended = time == null;
      }
    }

    boolean isBefore(@Nullable Lane other) {
      Duration mine = time;
      Duration others = other == null ? null : other.time;
      return mine != null && (others == null || mine.compareTo(others) < 0);
    }
  }

  private static final class VideoLane extends Lane {
    private final VideoReader reader;
    private final VideoReader.Place place = new VideoReader.Place();
    private final ByteBuffer pixels;
    private @Nullable ReadFrame frame;

    VideoLane(VideoReader reader) {
      this.reader = reader;
      this.pixels = ByteBuffer.allocate(reader.frameBytes());
    }

    @Override
    StreamReader reader() {
      return reader;
    }

    @Override
    @Nullable Duration read() throws IOException {
      frame = null;
      reader.next(place, pixels);
      FrameFacts facts = place.facts();
      if (facts == null) {
        return null;
      }
      ReadFrame read = reader.frame(facts, pixels, () -> facts.equals(place.facts()));
      frame = read;
      return read.time();
    }
  }

  private static final class AudioLane extends Lane {
    private final AudioReader reader;
    private long next;
    private boolean last;
    private @Nullable AudioSamples samples;

    AudioLane(AudioReader reader) {
      this.reader = reader;
    }

    @Override
    StreamReader reader() {
      return reader;
    }

    @Override
    @Nullable Duration read() throws IOException {
      samples = null;
      AudioSamples read = last ? null : readChunk();
      if (read == null || read.count() == 0) {
        return null;
      }
      long from = next;
      next += read.count();
      last = read.count() < CHUNK;
      samples = read;
      return read.pts().isPresent() ? read.pts().get() : reader.timeOf(from);
    }

    private AudioSamples readChunk() throws IOException {
      try {
        return reader.chunk(next, CHUNK);
      } catch (DamagedFrameException e) {
        // the next call reads on behind it
        next += CHUNK;
        throw e;
      }
    }
  }

  /**
   * Goes on to the next frame or samples. The frame before is no longer valid, whatever the
   * outcome.
   *
   * @return false once all streams have ended
   * @throws DamagedFrameException if what is read is damaged and {@link Damage#FAIL} is set; the
   *     next call reads on behind it
   * @throws IllegalStateException if a reader has been closed or has failed
   * @throws IOException if the library or the source fails
   */
  public boolean next() throws IOException {
    Lane delivered = current;
    if (delivered != null) {
      delivered.filled = false;
      delivered.time = null;
      current = null;
    }
    Lane first = null;
    for (Lane lane : lanes) {
      lane.fill();
      if (lane.isBefore(first)) {
        first = lane;
      }
    }
    current = first;
    return first != null;
  }

  private Lane current() {
    Lane lane = current;
    if (lane == null) {
      throw new IllegalStateException("there is nothing: call next(), and only if it returns true");
    }
    return lane;
  }

  /**
   * Returns whether {@link #next} has read a frame.
   *
   * @return true for a frame, false for samples
   * @throws IllegalStateException if {@link #next} has not been called, has returned false, or has
   *     failed
   */
  public boolean isVideo() {
    return current() instanceof VideoLane;
  }

  /**
   * Returns whose frame or samples {@link #next} has read.
   *
   * @return one of the readers that the cursor was made of
   * @throws IllegalStateException if there is nothing
   */
  public StreamReader reader() {
    return current().reader();
  }

  /**
   * Returns the frame. Its pixels are valid until the next call of {@link #next}; {@link
   * ReadFrame#copy} keeps them.
   *
   * @return the frame, in the cursor's memory
   * @throws IllegalStateException if there is none, because samples have been read
   */
  public ReadFrame frame() {
    ReadFrame frame = current() instanceof VideoLane lane ? lane.frame : null;
    if (frame == null) {
      throw new IllegalStateException("samples have been read, not a frame: isVideo() tells");
    }
    return frame;
  }

  /**
   * Returns the samples: {@value #CHUNK} of them, fewer at the end of their stream.
   *
   * @return the samples, with memory of their own
   * @throws IllegalStateException if there are none, because a frame has been read
   */
  public AudioSamples samples() {
    AudioSamples samples = current() instanceof AudioLane lane ? lane.samples : null;
    if (samples == null) {
      throw new IllegalStateException("a frame has been read, not samples: isVideo() tells");
    }
    return samples;
  }

  /** {@code cursor of [video 0: ..., audio 0: ...]}. */
  @Override
  public String toString() {
    return "cursor of " + lanes.stream().map(Lane::reader).toList();
  }
}
