package io.reelmux;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a presentation is cut into segments, and which playlists describe it. Immutable: each setter
 * returns a copy.
 *
 * <pre>{@code
 * SegmentOptions options = SegmentOptions.hlsAndDash(Duration.ofSeconds(2)).live(6);
 * }</pre>
 */
public final class SegmentOptions {
  private static final Duration MIN_LENGTH = Duration.ofMillis(500);
  private static final Duration MAX_LENGTH = Duration.ofMinutes(1);
  private static final Duration MIN_PART = Duration.ofMillis(200);
  private static final int MIN_WINDOW = 3;
  private static final long MAX_SEGMENT_BYTES = 512L << 20;

  private final Values values;

  private SegmentOptions(Values values) {
    this.values = values;
  }

  /** Which segments a playlist names, and when it is written. */
  public enum Playlists {
    /** All segments; written once, at the end. */
    VOD,

    /** All segments so far; written after each. */
    EVENT,

    /** The last segments; written after each. */
    LIVE
  }

  private static final class Values implements Cloneable {
    private final boolean hls;
    private final boolean dash;
    private final boolean rotating;
    private final Duration length;
    private SegmentFormat format;
    private Playlists playlists = Playlists.VOD;
    private int window;
    private int keep = -1;
    private Optional<Duration> parts = Optional.empty();
    private SegmentNames names = SegmentNames.FLAT;
    private Optional<Instant> programStart = Optional.empty();
    private long maxSegmentBytes = MAX_SEGMENT_BYTES;
    private OptionalLong fileBytes = OptionalLong.empty();

    Values(boolean hls, boolean dash, boolean rotating, Duration length) {
      this.hls = hls;
      this.dash = dash;
      this.rotating = rotating;
      this.length = Objects.requireNonNull(length, "length");
      this.format = rotating ? SegmentFormat.MP4 : SegmentFormat.CMAF;
    }

    Values copy() {
      try {
        return (Values) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static SegmentOptions of(boolean hls, boolean dash, Duration length) {
    if (length.compareTo(MIN_LENGTH) < 0 || length.compareTo(MAX_LENGTH) > 0) {
      throw new IllegalArgumentException(
          "segment length " + length + ": must be 0.5 seconds to 1 minute");
    }
    return new SegmentOptions(new Values(hls, dash, /* rotating= */ false, length));
  }

  /**
   * HLS: CMAF segments and playlists.
   *
   * @param length length of a segment: cuts are at the first key frame at or after each multiple of
   *     it; 0.5 seconds to 1 minute
   * @return options for video on demand
   */
  public static SegmentOptions hls(Duration length) {
    return of(/* hls= */ true, /* dash= */ false, length);
  }

  /**
   * DASH: CMAF segments and a manifest.
   *
   * @param length length of a segment, as for {@link #hls}
   * @return options for video on demand
   */
  public static SegmentOptions dash(Duration length) {
    return of(/* hls= */ false, /* dash= */ true, length);
  }

  /**
   * HLS and DASH over the same CMAF segments.
   *
   * @param length length of a segment, as for {@link #hls}
   * @return options for video on demand
   */
  public static SegmentOptions hlsAndDash(Duration length) {
    return of(/* hls= */ true, /* dash= */ true, length);
  }

  /**
   * Segments without a playlist.
   *
   * @param length length of a segment, as for {@link #hls}
   * @return the options
   */
  public static SegmentOptions plain(Duration length) {
    return of(/* hls= */ false, /* dash= */ false, length);
  }

  /**
   * Files that can be played on their own, such as the recordings of a camera. Each begins at time
   * zero with a key frame. A new one begins with the first key frame at or after either limit; see
   * {@link Output#segments} for where key frames are.
   *
   * @param bytes a file of at least this size is ended; positive
   * @param length a file of at least this duration is ended; at least 0.5 seconds
   * @return the options; the format is MP4
   */
  public static SegmentOptions rotating(long bytes, Duration length) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes must be positive, not " + bytes);
    }
    if (length.compareTo(MIN_LENGTH) < 0) {
      throw new IllegalArgumentException("file length " + length + ": must be 0.5 seconds or more");
    }
    Values values = new Values(/* hls= */ false, /* dash= */ false, /* rotating= */ true, length);
    values.fileBytes = OptionalLong.of(bytes);
    return new SegmentOptions(values);
  }

  private Values copy() {
    return values.copy();
  }

  /**
   * Sets the format of segments. Default: {@link SegmentFormat#CMAF}, for rotating files {@link
   * SegmentFormat#MP4}.
   *
   * @param value DASH requires CMAF, HLS CMAF or MPEG_TS; rotating files may be all but CMAF
   * @return a copy with this format
   */
  public SegmentOptions format(SegmentFormat value) {
    boolean segments = value == SegmentFormat.CMAF || value == SegmentFormat.MPEG_TS;
    if (values.dash && value != SegmentFormat.CMAF) {
      throw new IllegalArgumentException("DASH requires format CMAF, not " + value);
    }
    if (!values.rotating && !segments) {
      throw new IllegalArgumentException(
          "format " + value + " is for rotating files: use CMAF or MPEG_TS");
    }
    if (values.rotating && !value.selfContained()) {
      throw new IllegalArgumentException(
          "rotating files must be playable on their own: use MP4, MATROSKA, WEBM or MPEG_TS");
    }
    if (values.parts.isPresent() && value != SegmentFormat.CMAF) {
      throw new IllegalArgumentException("parts require format CMAF, not " + value);
    }
    Values changed = copy();
    changed.format = value;
    return new SegmentOptions(changed);
  }

  private Values withPlaylists(Playlists value) {
    if (values.rotating || !(values.hls || values.dash)) {
      throw new IllegalArgumentException("there is no playlist: use hls, dash or hlsAndDash");
    }
    Values changed = copy();
    changed.playlists = value;
    return changed;
  }

  /**
   * Playlists name all segments and are written at the end. This is the default.
   *
   * @return a copy for video on demand
   */
  public SegmentOptions vod() {
    if (values.parts.isPresent()) {
      throw new IllegalArgumentException("parts are for live and event playlists");
    }
    return new SegmentOptions(withPlaylists(Playlists.VOD));
  }

  /**
   * Playlists name all segments so far and are written after each segment.
   *
   * @return a copy for an event
   */
  public SegmentOptions event() {
    return new SegmentOptions(withPlaylists(Playlists.EVENT));
  }

  /**
   * Playlists name the last segments and are written after each segment. Older segments are
   * deleted, see {@link #keep}.
   *
   * @param window the number of segments that a playlist names; at least 3
   * @return a copy for live
   */
  public SegmentOptions live(int window) {
    if (window < MIN_WINDOW) {
      throw new IllegalArgumentException(
          "window " + window + ": players require at least " + MIN_WINDOW + " segments");
    }
    Values changed = withPlaylists(Playlists.LIVE);
    changed.window = window;
    return new SegmentOptions(changed);
  }

  /**
   * Sets how many segments that have left a live window are kept before they are deleted. Default:
   * the window's number and one more, which is what RFC 8216 requires for players that hold an
   * older playlist.
   *
   * @param segments 0 or more
   * @return a copy that keeps this many
   */
  public SegmentOptions keep(int segments) {
    if (segments < 0) {
      throw new IllegalArgumentException("keep " + segments + ": must be 0 or more");
    }
    if (values.playlists != Playlists.LIVE) {
      throw new IllegalArgumentException("keep is for live playlists: call live(window) before");
    }
    Values changed = copy();
    changed.keep = segments;
    return new SegmentOptions(changed);
  }

  /**
   * Makes segments of parts, with which players can be less than a segment behind: HLS playlists
   * name the parts, which are objects of their own, and a DASH manifest makes a segment available
   * when its first part is there. Encode without B-frames, and use a store that holds requests,
   * such as {@link LiveStore}.
   *
   * <p>DASH players ask for segments by the clock: frames must come in real time, and key frames
   * exactly on the grid of segments, as they do unless the stream has a setting for them. A note
   * says if they do not.
   *
   * @param length length of a part; at least 0.2 seconds, with which players still keep up, and at
   *     most half a segment
   * @return a copy with parts
   * @throws IllegalArgumentException if there is no live or event playlist of CMAF segments, the
   *     length is out of range, or segments for DASH do not last a whole number of microseconds, in
   *     which a manifest states their length
   */
  public SegmentOptions parts(Duration length) {
    if (values.playlists == Playlists.VOD || values.format != SegmentFormat.CMAF) {
      throw new IllegalArgumentException(
          "parts are for HLS and DASH in format CMAF with a live or event playlist");
    }
    if (length.compareTo(MIN_PART) < 0 || length.multipliedBy(2).compareTo(values.length) > 0) {
      throw new IllegalArgumentException(
          "part length %s: must be 0.2 seconds to half a segment (%s)"
              .formatted(length, values.length.dividedBy(2)));
    }
    if (values.dash && values.length.toNanos() % 1000 != 0) {
      throw new IllegalArgumentException(
          "segment length %s: with parts for DASH it must be a whole number of microseconds"
              .formatted(values.length));
    }
    Values changed = copy();
    changed.parts = Optional.of(length);
    return new SegmentOptions(changed);
  }

  /**
   * Sets the names of objects. Default: {@link SegmentNames#FLAT}.
   *
   * @param value the names; checked when the encoder is opened
   * @return a copy with these names
   */
  public SegmentOptions names(SegmentNames value) {
    Values changed = copy();
    changed.names = Objects.requireNonNull(value, "names");
    return new SegmentOptions(changed);
  }

  /**
   * Sets the date and time of presentation time zero, which playlists state. Default: none; live
   * DASH, which requires one, states when the first packet came.
   *
   * @param value the date and time
   * @return a copy with this start
   */
  public SegmentOptions programStart(Instant value) {
    Values changed = copy();
    changed.programStart = Optional.of(value);
    return new SegmentOptions(changed);
  }

  /**
   * Sets a limit on the size of a segment, which ends an output whose key frames do not come.
   * Default: 512 MiB.
   *
   * @param bytes positive
   * @return a copy with this limit
   */
  public SegmentOptions maxSegmentBytes(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("maxSegmentBytes must be positive, not " + bytes);
    }
    Values changed = copy();
    changed.maxSegmentBytes = bytes;
    return new SegmentOptions(changed);
  }

  /** {@return whether HLS playlists are written} */
  public boolean hls() {
    return values.hls;
  }

  /** {@return whether a DASH manifest is written} */
  public boolean dash() {
    return values.dash;
  }

  /** {@return the length of a segment or rotating file} */
  public Duration length() {
    return values.length;
  }

  /** {@return the format of segments} */
  public SegmentFormat format() {
    return values.format;
  }

  /** {@return which segments playlists name} */
  public Playlists playlists() {
    return values.playlists;
  }

  /** {@return the number of segments that a live playlist names; 0 if it is not live} */
  public int window() {
    return values.window;
  }

  /** {@return how many segments are kept after they have left the window} */
  public int keep() {
    return values.keep >= 0 ? values.keep : values.window + 1;
  }

  /** {@return the length of parts, if there are any} */
  public Optional<Duration> parts() {
    return values.parts;
  }

  /** {@return the names of objects} */
  public SegmentNames names() {
    return values.names;
  }

  /** {@return the date and time of presentation time zero, if it is set} */
  public Optional<Instant> programStart() {
    return values.programStart;
  }

  /** {@return the limit on the size of a segment} */
  public long maxSegmentBytes() {
    return values.maxSegmentBytes;
  }

  /** {@return the size at which a rotating file is ended; empty for segments} */
  public OptionalLong fileBytes() {
    return values.fileBytes;
  }
}
