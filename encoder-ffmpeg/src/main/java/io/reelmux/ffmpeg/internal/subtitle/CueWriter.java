package io.reelmux.ffmpeg.internal.subtitle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;

import io.reelmux.EncoderException;
import io.reelmux.SubtitleOptions;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.PacketConsumer;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.ffmpeg.internal.av.StreamParameters;
import io.reelmux.ffmpeg.internal.container.Container;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A subtitle stream: checks cues, and passes them on as packets. Used by one thread at a time.
 *
 * <p>Note [gaps between subtitles]. A sample of MP4 lasts until the next one, so a gap needs an
 * empty sample, which the muxer inserts. The muxer compares the end of the last cue with the times
 * of other streams without regard to their time bases: with a coarse unit it would insert empty
 * samples of no duration between cues that follow each other. With a fine unit, gaps are limited:
 * no sample may last 2^31 ticks.
 */
public final class CueWriter implements AutoCloseable {
  private static final int MAX_BYTES = 65_535;
  private static final TimeBase MILLISECONDS = new TimeBase(1, 1000);

  /** In milliseconds: 2^31 ticks of 1/90,000 s are 6.6 hours. */
  private static final long MAX_SAMPLE = Duration.ofHours(6).toMillis();

  /** Times of a container fit in 32 bits of seconds. */
  private static final long MAX_TIME = 1000L << 31;

  private final NativeScope scope = new NativeScope();
  private final SubtitleOptions options;
  private final SubtitleFormat format;
  private final StreamParameters parameters;
  private final PacketRef packet;
  private final PacketConsumer outlet;
  private final Container container;
  private final Notes notes;
  private final AtomicLong cues = new AtomicLong();
  private long lastStart;

  /** Read by any thread. */
  private volatile long lastEnd;

  private CueWriter(
      SubtitleOptions options, Container container, PacketConsumer outlet, Notes notes)
      throws EncoderException {
    this.options = options;
    this.format = SubtitleFormat.choose(options.codec(), container);
    this.container = container;
    this.outlet = outlet;
    this.notes = notes;
    try {
      parameters = scope.add(StreamParameters.allocate());
      parameters.struct().codec_type(AVMEDIA_TYPE_SUBTITLE).codec_id(format.codecId());
      parameters.setExtradata(format.header());
      packet = scope.add(PacketRef.allocate());
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, scope);
      throw e;
    }
  }

  /**
   * Prepares a stream.
   *
   * @param outlet receives the packets
   * @param notes of this stream
   * @throws IllegalArgumentException if the container does not hold the codec, or no text
   * @throws EncoderException if memory is exhausted
   */
  public static CueWriter open(
      SubtitleOptions options, Container container, PacketConsumer outlet, Notes notes)
      throws EncoderException {
    return new CueWriter(options, container, outlet, notes);
  }

  /**
   * Refuses a cue that does not fit.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public void check(Duration start, Duration end, String text) {
    long from = millis(start);
    long to = millis(end);
    if (to <= from) {
      throw new IllegalArgumentException(
          "a cue from " + start + " to " + end + ": must last at least a millisecond");
    }
    if (from < lastStart) {
      throw new IllegalArgumentException(
          "a cue starts at " + start + ", before the one added last: add cues in order");
    }
    if (!format.overlaps() && from < lastEnd) {
      throw new IllegalArgumentException(
          "a cue starts at "
              + start
              + ", before the one added last ends: "
              + format.codec()
              + " shows one cue at a time; add their lines as one cue");
    }
    if (!format.overlaps() && Math.max(to - from, from - lastEnd) > MAX_SAMPLE) {
      throw new IllegalArgumentException(
          "a cue from "
              + start
              + " to "
              + end
              + ": in "
              + format.codec()
              + ", a cue and the time since the one before must be at most 6 hours");
    }
    checkText(text);
  }

  private static long millis(Duration time) {
    long millis;
    try {
      millis = MILLISECONDS.toTicks(time);
    } catch (ArithmeticException e) {
      millis = Long.MAX_VALUE;
    }
    if (time.isNegative() || millis > MAX_TIME) {
      throw new IllegalArgumentException(
          "the time " + time + " of a cue: must be from 0 to 2^31 seconds");
    }
    return millis;
  }

  private void checkText(String text) {
    String lines = lines(text);
    if (lines.isBlank() || lines.lines().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "the text of a cue has an empty line: it would end the cue");
    }
    for (int i = 0; i < lines.length(); i++) {
      char c = lines.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        throw new IllegalArgumentException(
            "the text of a cue has the control character U+"
                + String.format(Locale.ROOT, "%04X", (int) c)
                + " at index "
                + i);
      }
    }
    if (!UTF_8.newEncoder().canEncode(lines)) {
      throw new IllegalArgumentException("the text of a cue has an unpaired surrogate");
    }
    format
        .markup(lines)
        .ifPresent(
            markup -> {
              throw new IllegalArgumentException(
                  "the text of a cue contains '"
                      + markup
                      + "', which is markup in "
                      + format.codec()
                      + " and cannot be escaped there: write webvtt or mov_text");
            });
    int size = format.payload(lines, cues.get()).length;
    if (size > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the text of a cue has " + size + " bytes: must be at most " + MAX_BYTES);
    }
  }

  private static String lines(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n');
    return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
  }

  /** Passes on a cue that has been checked. */
  public void add(Duration start, Duration end, String text) throws IOException {
    long from = millis(start);
    long to = millis(end);
    write(format.payload(lines(text), cues.get()), from, to - from);
    lastStart = from;
    lastEnd = Math.max(lastEnd, to);
    cues.incrementAndGet();
    for (Container member : container.members()) {
      int unit = member.cueMillis();
      if (from % unit != 0 || to % unit != 0) {
        notes
            .in(member.output())
            .add("times of cues are rounded: " + member + " counts " + unit + " milliseconds");
      }
    }
  }

  private void write(byte[] payload, long start, long duration) throws IOException {
    long ticks = format.ticksPerSecond() / 1000;
    packet.fill(payload, start * ticks, start * ticks, duration * ticks, /* keyFrame= */ true);
    try {
      outlet.accept(packet.struct());
    } finally {
      packet.unref();
    }
  }

  /** Returns the options that the stream was added with. */
  public SubtitleOptions options() {
    return options;
  }

  /** Returns the name of the codec. */
  public String codec() {
    return format.codec();
  }

  /** Returns the codec as the container stores it. */
  public StreamParameters parameters() {
    return parameters;
  }

  /** Returns the unit of the packets' times. */
  public TimeBase timeBase() {
    return new TimeBase(1, format.ticksPerSecond());
  }

  /** Returns whether no cue has been added. */
  public boolean isEmpty() {
    return cues.get() == 0;
  }

  /** Returns the time from 0 to the end of the last cue. */
  public Duration duration() {
    return Duration.ofMillis(lastEnd);
  }

  @Override
  public void close() {
    scope.close();
  }
}
