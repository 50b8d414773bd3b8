package io.reelmux;

import io.reelmux.internal.ChannelDestination;
import io.reelmux.internal.FileDestination;
import io.reelmux.internal.GuardedFragmentListener;
import io.reelmux.internal.GuardedListener;
import io.reelmux.internal.GuardedSegmentStore;
import io.reelmux.internal.OutputEnd;
import io.reelmux.internal.StreamDestination;
import io.reelmux.spi.OutputRequest;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an encoder writes: a file, a stream, a channel, segments in a store, or a listener for
 * packets or fragments. An encoder that is {@linkplain Encoder#open opened} with several outputs
 * encodes once and writes to all of them:
 *
 * <pre>{@code
 * encoder.open(
 *     Output.file(Path.of("talk.mp4")).required(true),
 *     Output.stream(connection, "mpegts").buffer(8 << 20, Overflow.DROP_TO_KEY_FRAME));
 * }</pre>
 *
 * <p>Each of several outputs has a thread and a buffer of its own, and fails by itself: it is
 * closed, its {@link OutputResult#failure} says why, and the others go on. Immutable: each setter
 * returns a copy.
 */
public final class Output {

  /** 64 MiB. */
  private static final long DEFAULT_BUFFER = 64L << 20;

  private static final Duration MIN_FRAGMENT = Duration.ofMillis(10);
  private static final Duration MAX_FRAGMENT = Duration.ofMinutes(1);

  private final Kind kind;
  private final Object target;
  private final @Nullable String format;
  private final String name;
  private Optional<List<MediaStream>> only = Optional.empty();
  private Optional<Boolean> required = Optional.empty();
  private long bufferBytes = DEFAULT_BUFFER;
  private Overflow overflow = Overflow.WAIT;
  private @Nullable ContainerMode mode;
  private Map<String, String> muxerOptions = new LinkedHashMap<>();
  private @Nullable SegmentOptions segments;
  private Duration fragmentLength = Duration.ZERO;

  private enum Kind {
    FILE,
    STREAM,
    CHANNEL,
    PACKETS,
    SEGMENTS,
    FRAGMENTS
  }

  private Output(Kind kind, Object target, @Nullable String format, String name) {
    this.kind = kind;
    this.target = target;
    this.format = format;
    this.name = name;
  }

  private Output(Output other, String name) {
    this(other.kind, other.target(), other.format, name);
    only = other.only;
    required = other.required;
    bufferBytes = other.bufferBytes;
    overflow = other.overflow;
    mode = other.mode;
    segments = other.segments;
    fragmentLength = other.fragmentLength;
    muxerOptions = new LinkedHashMap<>(other.muxerOptions);
  }

  /**
   * A file, in the container that its extension names, created or replaced. If the output fails,
   * the file is closed and kept; if it is canceled, the file is deleted.
   *
   * @param path any name that the file system allows; never interpreted as a URL or a pattern
   * @return an output with the name of the file
   * @throws IllegalArgumentException if the path is not in the default file system
   */
  public static Output file(Path path) {
    return new Output(Kind.FILE, checked(path), null, fileName(path));
  }

  /**
   * A file in the given container, as {@link #file(Path)} otherwise.
   *
   * @param path any name that the file system allows
   * @param format the name of the container ({@code mp4}, {@code mkv}, {@code mpegts})
   * @return an output with the name of the file
   * @throws IllegalArgumentException if the path is not in the default file system
   */
  public static Output file(Path path, String format) {
    return new Output(Kind.FILE, checked(path), Checks.name("format", format), fileName(path));
  }

  /**
   * An output stream. A {@link SeekableOutputStream} is written like a file; any other stream is
   * append-only: MP4 and MOV become fragmented, and containers that require seeking are refused.
   * The stream is flushed when the output is complete, and never closed.
   *
   * @param stream receives the bytes
   * @param format the name of the container
   * @return an output with the name {@code stream}
   */
  public static Output stream(OutputStream stream, String format) {
    Objects.requireNonNull(stream, "stream");
    return new Output(Kind.STREAM, stream, Checks.name("format", format), "stream");
  }

  /**
   * A seekable channel. The container starts at the channel's position; the channel is never
   * closed.
   *
   * @param channel receives the bytes
   * @param format the name of the container
   * @return an output with the name {@code channel}
   */
  public static Output channel(SeekableByteChannel channel, String format) {
    Objects.requireNonNull(channel, "channel");
    return new Output(Kind.CHANNEL, channel, Checks.name("format", format), "channel");
  }

  /**
   * Encoded packets without a container. As the only output, parameter sets are in the packets if
   * the codec can carry them there; among several, see {@link PacketListener#repeatsHeaders}.
   *
   * @param listener receives the packets
   * @return an output with the name {@code packets}
   */
  public static Output packets(PacketListener listener) {
    Objects.requireNonNull(listener, "listener");
    return new Output(Kind.PACKETS, listener, null, "packets");
  }

  /**
   * Segments and their playlists, for HLS and DASH, or files that are replaced by the next one.
   *
   * <p>Video streams get key frames where segments begin, as with {@link
   * VideoOptions.Builder#keyFramesEvery}, unless they have a setting for key frames of their own.
   * For rotating files, key frames are at most 2 seconds apart, and divide the length of a file.
   *
   * @param store receives them
   * @param options how they are cut, and which playlists describe them
   * @return an output with the name {@code segments}
   */
  public static Output segments(SegmentStore store, SegmentOptions options) {
    Objects.requireNonNull(store, "store");
    Output output = new Output(Kind.SEGMENTS, store, null, "segments");
    output.segments = Objects.requireNonNull(options, "options");
    return output;
  }

  /**
   * Fragments of an MP4 with all streams, which a browser plays while the encoding goes on; see
   * {@link LiveFragments} for many viewers. Each fragment ends before a key frame, or when it has
   * its length. With B-frames it may last a few frames longer, so that all of its frames are shown
   * before those of the next one.
   *
   * <p>Video streams get a key frame every 2 seconds, where viewers can begin, unless they have a
   * setting for key frames of their own.
   *
   * @param listener receives the fragments
   * @param length of a fragment; 10 ms to 1 minute, of which 0.2 seconds keeps viewers close
   * @return an output with the name {@code fragments}
   * @throws IllegalArgumentException if the length is out of range
   */
  public static Output fragments(FragmentListener listener, Duration length) {
    Objects.requireNonNull(listener, "listener");
    if (length.compareTo(MIN_FRAGMENT) < 0 || length.compareTo(MAX_FRAGMENT) > 0) {
      throw new IllegalArgumentException(
          "fragment length " + length + ": must be from 10 ms to 1 minute");
    }
    Output output = new Output(Kind.FRAGMENTS, listener, null, "fragments");
    output.fragmentLength = length;
    return output;
  }

  private static Path checked(Path path) {
    Objects.requireNonNull(path, "path");
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          path
              + " is not in the default file system: open it with Files.newByteChannel and"
              + " openFileLike or Output.channel");
    }
    return path;
  }

  private static String fileName(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : last.toString();
  }

  /**
   * Sets the name, by which messages, results and listeners tell outputs apart. Outputs of the same
   * name are numbered from the second on: {@code stream 2}.
   *
   * @param value not blank
   * @return a copy
   */
  public Output named(String value) {
    return new Output(this, Checks.name("name", value));
  }

  /**
   * Writes these streams only. Default: all streams.
   *
   * @param streams streams of the encoder, at least one
   * @return a copy
   * @throws IllegalArgumentException if there is none
   */
  public Output only(MediaStream... streams) {
    if (streams.length == 0) {
      throw new IllegalArgumentException("only() of no stream: name at least one");
    }
    Output copy = new Output(this, name);
    copy.only = Optional.of(List.of(streams));
    return copy;
  }

  /**
   * Sets whether the encoder fails if this output fails: the call that feeds it then throws the
   * failure, and {@link Encoder#close} completes the other outputs. Default: true for an output
   * that an encoder is opened with alone, and false among several and for those attached. The
   * failure of the last output that is left is always thrown. What is required is created when the
   * encoder is opened, which fails if that fails; any other output is created by its own thread.
   *
   * @param value whether it is required
   * @return a copy
   */
  public Output required(boolean value) {
    Output copy = new Output(this, name);
    copy.required = Optional.of(value);
    return copy;
  }

  /**
   * Sets how many bytes of encoded packets may wait to be written, and what happens beyond that.
   * One packet may wait in any case. An output that is alone has no buffer: the call that feeds the
   * encoder writes. Default: 64 MiB, {@link Overflow#WAIT}.
   *
   * @param bytes 1 to 64 GiB
   * @param whenFull what happens when the buffer is full
   * @return a copy
   * @throws IllegalArgumentException if out of range
   */
  public Output buffer(long bytes, Overflow whenFull) {
    Output copy = new Output(this, name);
    copy.bufferBytes = Checks.inRange("buffer", bytes, 1, 64L << 30);
    copy.overflow = Objects.requireNonNull(whenFull, "whenFull");
    return copy;
  }

  /**
   * Sets the layout of the container. Default: that of {@link Encoder.Builder#container}.
   *
   * @param value the mode
   * @return a copy
   * @throws IllegalArgumentException if the output is not a container
   */
  public Output container(ContainerMode value) {
    requireContainer("container");
    Output copy = new Output(this, name);
    copy.mode = Objects.requireNonNull(value, "container");
    return copy;
  }

  /**
   * Sets an option of the muxer, by FFmpeg's name, in addition to those of {@link
   * Encoder.Builder#muxerOption}; checked when the output is opened.
   *
   * @param key the name
   * @param value the value
   * @return a copy
   * @throws IllegalArgumentException if the option is already set to another value, or the output
   *     is not a container
   */
  public Output muxerOption(String key, String value) {
    requireContainer("muxerOption");
    Output copy = new Output(this, name);
    Checks.putOnce(copy.muxerOptions, "muxer option", key, value);
    return copy;
  }

  private void requireContainer(String setting) {
    if (kind == Kind.PACKETS) {
      throw new IllegalArgumentException(
          setting + " was set on an output of packets, which has no container");
    }
    if (kind == Kind.SEGMENTS || kind == Kind.FRAGMENTS) {
      throw new IllegalArgumentException(
          setting + " was set on an output of segments or fragments, whose layout is fixed");
    }
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /** {@return the file that is written; empty if the output is not a single file} */
  public Optional<Path> path() {
    return kind == Kind.FILE ? Optional.of((Path) target) : Optional.empty();
  }

  Optional<List<MediaStream>> selected() {
    return only;
  }

  /** The caller's object, or the path. */
  Object target() {
    return target;
  }

  /** The names of its segments; those by default if it has none. */
  SegmentNames segmentNames() {
    SegmentOptions options = segments;
    return options == null ? SegmentNames.FLAT : options.names();
  }

  private @Nullable Path directory() {
    return target() instanceof DirectoryStore store ? store.directory() : null;
  }

  /** A new end for one encoder. */
  OutputEnd end(boolean overwrite) {
    return switch (kind) {
      case FILE -> OutputEnd.of(new FileDestination((Path) target(), overwrite));
      case STREAM -> OutputEnd.of(new StreamDestination((OutputStream) target()));
      case CHANNEL -> OutputEnd.of(new ChannelDestination((SeekableByteChannel) target()));
      case PACKETS -> OutputEnd.of(new GuardedListener((PacketListener) target()));
      case SEGMENTS -> OutputEnd.of(new GuardedSegmentStore((SegmentStore) target(), directory()));
      case FRAGMENTS -> OutputEnd.of(new GuardedFragmentListener((FragmentListener) target()));
    };
  }

  /**
   * What the backend needs to know.
   *
   * @param settings the settings that all kinds have
   * @param defaultMode of the encoder
   * @param defaultOptions of the encoder
   */
  OutputRequest request(
      OutputEnd end,
      OutputRequest.Settings settings,
      @Nullable ContainerMode defaultMode,
      Map<String, String> defaultOptions) {
    if (kind == Kind.PACKETS) {
      return new OutputRequest.ToListener(settings, end.listener());
    }
    if (kind == Kind.SEGMENTS) {
      return new OutputRequest.ToSegments(
          settings, end.store(), Objects.requireNonNull(segments, "segments"));
    }
    if (kind == Kind.FRAGMENTS) {
      return new OutputRequest.ToFragments(settings, end.fragments(), fragmentLength);
    }
    Map<String, String> options = new LinkedHashMap<>(defaultOptions);
    for (Map.Entry<String, String> option : muxerOptions.entrySet()) {
      Checks.putOnce(options, "muxer option", option.getKey(), option.getValue());
    }
    return new OutputRequest.InContainer(
        settings,
        end.destination(),
        format,
        format == null ? name(target()) : null,
        mode == null ? defaultMode : mode,
        options);
  }

  private static String name(Object path) {
    return fileName((Path) path);
  }

  boolean requiredOr(boolean byDefault) {
    return required.orElse(byDefault);
  }

  long bufferBytes() {
    return bufferBytes;
  }

  Overflow overflow() {
    return overflow;
  }

  /** {@code Output[talk.mp4]}. */
  @Override
  public String toString() {
    return "Output[" + name + "]";
  }
}
