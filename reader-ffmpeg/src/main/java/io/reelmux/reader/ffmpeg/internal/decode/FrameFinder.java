package io.reelmux.reader.ffmpeg.internal.decode;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;

import io.reelmux.ffmpeg.internal.av.Frame;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import io.reelmux.reader.DamagedFrameException;
import io.reelmux.reader.FrameIndex;
import io.reelmux.reader.ffmpeg.internal.av.DeviceFailure;
import io.reelmux.reader.ffmpeg.internal.av.FfmpegInput;
import io.reelmux.reader.ffmpeg.internal.index.FrameTable;
import io.reelmux.reader.spi.FrameFacts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Finds decoded frames by their number, or one after another. A frame is recognized by the ordinal
 * of its packet, never by its time. One thread at a time.
 */
final class FrameFinder implements AutoCloseable {

  /** How often an earlier start is tried for a frame that does not come. */
  private static final int MAX_RESTARTS = 8;

  private final StreamDecoding stream;
  private final DecodingDevice device;
  private final int threads;
  private final DamageCount count;
  private final FrameDecoder decoder;
  private final FrameClock clock;
  private final Frame frame;
  private @Nullable FrameTable table;

  /** The number of the frame that the decoder returned last, counted by the index or by us. */
  private int last = -1;

  /** The number of the frame that {@link #next} returns. */
  private int next;

  /** Whether the decoder continues behind {@link #last}; false after a failed search. */
  private boolean continuous = true;

  /** Whether the frame of the packet at which decoding started has come. */
  private boolean startSeen;

  private boolean keysOnly;
  private @Nullable FrameFacts facts;

  FrameFinder(StreamDecoding stream, DecodingDevice device, int threads, DamageCount count)
      throws IOException {
    this.stream = stream;
    this.device = device;
    this.threads = threads;
    this.count = count;
    this.clock = stream.clock(count);
    this.decoder = stream.open(device, threads, count);
    try {
      this.frame = Frame.allocate();
    } catch (IOException | RuntimeException | Error e) {
      decoder.close();
      throw e;
    }
  }

  /**
   * Finds frames by an index that was made before.
   *
   * @throws IllegalArgumentException if it is not of this stream
   */
  void use(FrameIndex given) throws IOException {
    FrameTable made = stream.table(given);
    decoder.checkAgainst(made.packets());
    table = made;
  }

  /** The index, made by the first call. */
  FrameIndex index() throws IOException {
    return table().index();
  }

  private FrameTable table() throws IOException {
    FrameTable made = table;
    if (made == null) {
      made = stream.index(count);
      decoder.recognizeBy(made.packets());
      table = made;
    }
    return made;
  }

  /** The frame that was found last, which belongs to this finder until the next call. */
  AVFrame found() {
    return frame.struct();
  }

  /** Positions {@link #next} before a frame. */
  void position(int number) throws IOException {
    if (number > 0) {
      table();
    }
    forget();
    next = number;
    continuous = continuous && last == number - 1;
  }

  /** Lets {@link #next} return key frames only. */
  void keysOnly(boolean value) {
    if (keysOnly != value) {
      keysOnly = value;
      // frames that were not decoded are needed from now on, or those decoded no more
      continuous = false;
    }
  }

  private void forget() {
    frame.unref();
    facts = null;
  }

  /**
   * Finds a frame by its number.
   *
   * @return what is known of it
   * @throws DamagedFrameException if it does not come
   */
  FrameFacts frame(int number) throws IOException {
    FrameTable frames = table();
    forget();
    if (keysOnly) {
      decoder.keysOnly(false);
    }
    try {
      FrameFacts found = withFallback(() -> Optional.ofNullable(find(frames, number))).orElse(null);
      if (found == null) {
        throw missing(frames, number);
      }
      return found;
    } finally {
      next = number + 1;
      if (keysOnly) {
        decoder.keysOnly(true);
        continuous = false;
      }
    }
  }

  /** Does work again on the CPU if the device fails. */
  private <T> T withFallback(ThrowingSupplier<T, IOException> work) throws IOException {
    try {
      return work.get();
    } catch (DeviceFailure e) {
      boolean fromStart = decoder.canRewind();
      if (!fromStart && !stream.canIndex()) {
        // frames that were decoded cannot be decoded again
        throw device.explained(e);
      }
      device.fallBack(e);
      frame.unref();
      stream.replace(decoder, threads);
      if (fromStart) {
        decoder.rewind();
      } else {
        continuous = false;
      }
      return work.get();
    }
  }

  /** Decodes from where it is exact, up to a frame; returns null if it does not come. */
  private @Nullable FrameFacts find(FrameTable frames, int number) throws IOException {
    int start = frames.startFor(number);
    boolean go = continuous && last < number && decoder.lastSent() >= start;
    for (int attempt = 0; attempt <= MAX_RESTARTS; attempt++) {
      if (!go) {
        restart(start);
      }
      if (decodeTo(frames, number, go ? -1 : start)) {
        return found(frames, number);
      }
      continuous = false;
      int earlier = go ? start : frames.startBefore(start);
      if (!go && earlier == start) {
        break;
      }
      go = false;
      start = earlier;
    }
    return null;
  }

  private void restart(int start) throws IOException {
    startSeen = false;
    decoder.moveTo(start);
    last = -1;
    continuous = true;
  }

  /**
   * Decodes up to a frame.
   *
   * @param start the ordinal of the packet at which decoding has just started; -1 if it continues
   * @return false if others come instead, or decoding there is not exact
   */
  private boolean decodeTo(FrameTable frames, int number, int start) throws IOException {
    while (true) {
      int ordinal =
          decoder.decode(
              frame, packet -> frames.frame(packet) >= 0 && frames.frame(packet) < number);
      if (ordinal < 0) {
        return false;
      }
      if (!startsExactly(frames, start, ordinal)) {
        return false;
      }
      int found = frames.frame(ordinal);
      if (found >= 0) {
        last = found;
      }
      if (found == number) {
        return true;
      }
      frame.unref();
      if (found > number) {
        return false;
      }
    }
  }

  /**
   * Looks at the frame of the packet at which decoding has started. A recovery point gives none, or
   * one that only later becomes exact.
   */
  private boolean startsExactly(FrameTable frames, int start, int ordinal) {
    if (start < 0 || startSeen) {
      return true;
    }
    startSeen = ordinal == start;
    int first = frames.frame(start);
    boolean exact = startSeen ? isKey() : first < 0 || frames.frame(ordinal) < first;
    return exact || !frames.removeStart(start);
  }

  private DamagedFrameException missing(FrameTable frames, int number) {
    FrameIndex index = frames.index();
    count.damaged(index.pts(number), 1);
    return new DamagedFrameException(
        "video " + stream.stream(),
        number,
        index.time(number),
        "the decoder returns no frame for its packet",
        List.of());
  }

  /**
   * Finds the next frame.
   *
   * @return what is known of it; null at the end
   */
  @Nullable FrameFacts next() throws IOException {
    return withFallback(() -> Optional.ofNullable(nextFound())).orElse(null);
  }

  private @Nullable FrameFacts nextFound() throws IOException {
    forget();
    decoder.keysOnly(keysOnly);
    if (!continuous) {
      FrameFacts found = restartAtNext();
      if (found != null) {
        next++;
        return found;
      }
    }
    while (decodeNext()) {
      FrameFacts found = facts;
      if (found != null && found.index() >= next && (!keysOnly || found.keyFrame())) {
        next = (int) found.index() + 1;
        return found;
      }
      frame.unref();
    }
    return null;
  }

  /** Returns the next frame, or null if those that are decoded from now on have to be searched. */
  private @Nullable FrameFacts restartAtNext() throws IOException {
    FrameTable frames = table();
    FrameFacts found = keysOnly || next >= frames.count() ? null : find(frames, next);
    if (found == null && frames.count() > 0) {
      frame.unref();
      // at the end, the last frame is decoded again, and nothing follows it
      restart(frames.startFor(Math.min(next, frames.count() - 1)));
    }
    return found;
  }

  /** Decodes one frame, and numbers it; returns false at the end. */
  private boolean decodeNext() throws IOException {
    long failures = count.failedPackets();
    while (true) {
      int ordinal = decoder.decode(frame, packet -> false);
      if (ordinal < 0) {
        return false;
      }
      if (table == null && count.failedPackets() > failures && stream.canIndex()) {
        // frames are missing: from here on only the index tells their numbers
        table();
      }
      FrameTable frames = table;
      if (frames == null) {
        facts = facts(last + 1, clock.next(frame.struct()), frame.struct().duration());
        last++;
        return true;
      }
      int number = frames.frame(ordinal);
      if (number >= 0) {
        last = number;
        facts = found(frames, number);
        return true;
      }
      frame.unref();
    }
  }

  private FrameFacts found(FrameTable frames, int number) {
    FrameIndex index = frames.index();
    return facts(number, index.pts(number), index.durationTicks(number));
  }

  private FrameFacts facts(long number, long pts, long duration) {
    AVFrame struct = frame.struct();
    boolean damaged =
        (struct.flags() & AV_FRAME_FLAG_CORRUPT) != 0 || struct.decode_error_flags() != 0;
    if (damaged) {
      count.damaged(pts, 1);
    }
    return new FrameFacts(
        number,
        pts,
        Math.max(0, duration),
        isKey(),
        damaged,
        (char) FfmpegInput.av_get_picture_type_char(struct.pict_type()));
  }

  private boolean isKey() {
    return (frame.struct().flags() & AV_FRAME_FLAG_KEY) != 0;
  }

  /** What FFmpeg says of the place where the file could not be read on. */
  Optional<String> error() {
    return decoder.error();
  }

  @Override
  public void close() {
    frame.close();
    decoder.close();
  }
}
