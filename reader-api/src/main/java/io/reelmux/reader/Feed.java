package io.reelmux.reader;

import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.FrameRate;
import io.reelmux.Packet;
import io.reelmux.PacketInput;
import io.reelmux.StreamResult;
import io.reelmux.TimeBase;
import io.reelmux.VideoStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream on its way to the encoder: read ahead by one, so that the earliest one goes first. */
abstract class Feed {

  /** The part of the input that is wanted, on its timeline. */
  record Part(Duration from, @Nullable Duration to) {

    boolean isAfter(Duration time) {
      return to != null && time.compareTo(to) >= 0;
    }

    /** Returns a time of the output. */
    Duration output(Duration time) {
      Duration shifted = time.minus(from);
      return shifted.isNegative() ? Duration.ZERO : shifted;
    }
  }

  private @Nullable Duration time;
  private boolean filled;
  private boolean ended;

  /** Reads on; returns the time of what was read, or null at the end. */
  abstract @Nullable Duration read() throws IOException;

  /** Encodes what was read. */
  abstract void write() throws IOException;

  /** Ends the stream of the encoder. */
  abstract void end() throws IOException;

  /** Whether the stream is one of video. */
  boolean isVideo() {
    return false;
  }

  /**
   * Returns what the encoder's format has lost.
   *
   * @param encoded how the stream was encoded
   */
  Optional<String> loss(StreamResult encoded) {
    return Optional.empty();
  }

  /** Reads ahead; ends the stream of the encoder at the end, so that the others need not wait. */
  final void fill() throws IOException {
    if (filled || ended) {
      return;
    }
    time = read();
    filled = time != null;
    if (time == null) {
      ended = true;
      end();
    }
  }

  final void pass() throws IOException {
    write();
    filled = false;
    time = null;
  }

  final boolean isBefore(@Nullable Feed other) {
    Duration mine = time;
    Duration others = other == null ? null : other.time;
    return mine != null && (others == null || mine.compareTo(others) < 0);
  }

  /** Frames that are encoded. */
  static final class Frames extends Feed {

    /** Two ticks of 1/90000 s: a frame that is cut shorter lasts as long as the encoder thinks. */
    private static final Duration MIN_SHOWN = Duration.ofNanos(22_223);

    private final VideoReader reader;
    private final FrameFlow frames;
    private final VideoStream stream;
    private final Part part;
    private final @Nullable RegularTimes regular;
    private @Nullable Duration end;
    private Duration lastTime = Duration.ZERO;
    private boolean started;

    Frames(VideoReader reader, FrameFlow frames, VideoStream stream, Part part) throws IOException {
      this.reader = reader;
      this.regular = RegularTimes.of(reader).orElse(null);
      this.frames = frames;
      this.stream = stream;
      this.part = part;
    }

    @Override
    @Nullable Duration read() throws IOException {
      if (!started) {
        started = true;
        frames.seekNear(part.from());
      }
      boolean found;
      do {
        found = frames.next();
      } while (found && endsBefore());
      return !found || part.isAfter(frames.time()) ? null : frames.time();
    }

    VideoReader reader() {
      return reader;
    }

    /** The rate of frames that the encoder is given with their own times; empty if it varies. */
    Optional<FrameRate> steadyRate() {
      boolean timed = stream.options().variableFrameRate() && stream.options().filter().isEmpty();
      return timed
          ? reader
              .output()
              .frameRate()
              .or(
                  () ->
                      Optional.ofNullable(regular)
                          .filter(times -> times.count() > 1)
                          .map(RegularTimes::rate))
          : Optional.empty();
    }

    @Override
    boolean isVideo() {
      return true;
    }

    @Override
    Optional<String> loss(StreamResult encoded) {
      return FormatLoss.note(reader.info(), reader.layout(), stream.options(), encoded);
    }

    /** Whether the frame is shown no longer when the part begins. */
    private boolean endsBefore() {
      boolean before = frames.time().compareTo(part.from()) < 0;
      return before && frames.time().plus(frames.duration()).compareTo(part.from()) <= 0;
    }

    @Override
    void write() throws IOException {
      lastTime = regular == null ? frames.time() : regular.time(frames.index());
      Duration until = lastTime.plus(frames.duration());
      Duration last = part.to() != null && until.compareTo(part.to()) > 0 ? part.to() : until;
      // one of unknown duration is shown as long as the encoder thinks
      boolean known =
          stream.options().variableFrameRate()
              && !frames.duration().isZero()
              && last.minus(MIN_SHOWN).compareTo(lastTime) > 0;
      end = known ? part.output(last) : null;
      Duration pts = stream.options().variableFrameRate() ? part.output(lastTime) : null;
      frames.addTo(stream, pts, endOfFiltered().map(shown -> shown.minus(part.output(lastTime))));
    }

    /** Filters of the encoder make the last frame: it cannot be told when that ends. */
    private Optional<Duration> endOfFiltered() {
      return stream.options().filter().isPresent() ? Optional.ofNullable(end) : Optional.empty();
    }

    @Override
    void end() throws IOException {
      frames.close();
      Duration until = end;
      if (until == null || endOfFiltered().isPresent()) {
        stream.end();
      } else {
        stream.end(until);
      }
    }
  }

  /** Samples that are encoded. */
  static final class Samples extends Feed {
    private final AudioReader reader;
    private final AudioStream stream;
    private final Part part;
    private long next = -1;
    private long end = Long.MAX_VALUE;
    private @Nullable AudioSamples samples;
    private Duration start = Duration.ZERO;

    Samples(AudioReader reader, AudioStream stream, Part part) {
      this.reader = reader;
      this.stream = stream;
      this.part = part;
    }

    @Override
    @Nullable Duration read() throws IOException {
      if (next < 0) {
        next = reader.sampleAt(part.from());
        end = part.to() == null ? Long.MAX_VALUE : reader.sampleAt(part.to());
      }
      int wanted = (int) Math.max(0, Math.min(MediaCursor.CHUNK, end - next));
      AudioSamples read = reader.chunk(next, wanted);
      if (read.count() == 0) {
        return null;
      }
      start = reader.timeOf(next);
      next += read.count();
      samples = read;
      return start;
    }

    @Override
    void write() throws IOException {
      AudioSamples read = samples;
      if (read != null) {
        stream.addSamples(read.withPts(part.output(start)));
      }
    }

    @Override
    void end() throws IOException {
      stream.end();
    }
  }

  /**
   * Packets that are copied. Video starts at a key frame that is shown; what is hidden before it is
   * kept if the container can hide it as well. Audio keeps its priming, which players skip.
   */
  static final class Packets extends Feed {
    private final PacketCursor cursor;
    private final PacketInput input;
    private final Part part;
    private final boolean trimmed;
    private final boolean video;
    private final boolean hides;
    private boolean started;
    private int left;
    private @Nullable Packet packet;

    /**
     * Copies packets.
     *
     * @param trimmed whether packets before the part are left out
     * @param hides whether the container can hide what lies before the first frame that is shown
     */
    Packets(
        PacketCursor cursor,
        StreamInfo stream,
        PacketInput input,
        Part part,
        boolean trimmed,
        boolean hides) {
      this.cursor = cursor;
      this.input = input;
      this.part = part;
      this.trimmed = trimmed;
      this.video = stream instanceof VideoInfo;
      this.hides = hides && !trimmed;
    }

    @Override
    @Nullable Duration read() throws IOException {
      packet = null;
      while (cursor.hasPacket() || cursor.next()) {
        Packet next = cursor.take();
        if (trimmed && part.isAfter(next.time())) {
          return null;
        }
        started |= isStart(next);
        if (started) {
          packet = next;
          return next.time();
        }
        left++;
      }
      return null;
    }

    private boolean isStart(Packet next) {
      if (trimmed && next.time().compareTo(part.from()) < 0) {
        return false;
      }
      return !video || (next.keyFrame() && (hides || !cursor.discard()));
    }

    @Override
    boolean isVideo() {
      return video;
    }

    /** A sentence, if the input ends earlier than its header says. */
    Optional<String> cutOff() {
      return cursor.cutOff();
    }

    /** The number of packets before the first that was copied. */
    int left() {
      return left;
    }

    @Override
    void write() throws IOException {
      Packet next = packet;
      if (next != null) {
        TimeBase unit = next.stream().timeBase();
        long shift = unit.toTicks(part.from());
        input.add(next.withTimes(next.pts() - shift, next.dts() - shift));
      }
    }

    @Override
    void end() throws IOException {
      cursor.close();
      input.end();
    }
  }
}
