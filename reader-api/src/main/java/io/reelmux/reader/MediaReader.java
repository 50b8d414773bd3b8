package io.reelmux.reader;

import io.reelmux.Disposition;
import io.reelmux.PixelLayout;
import io.reelmux.SampleLayout;
import io.reelmux.reader.internal.FileSource;
import io.reelmux.reader.internal.GuardedSource;
import io.reelmux.reader.internal.Lifecycle;
import io.reelmux.reader.internal.Part;
import io.reelmux.reader.internal.ReaderBackends;
import io.reelmux.reader.internal.ReaderCalls;
import io.reelmux.reader.spi.AudioDecoder;
import io.reelmux.reader.spi.MediaSession;
import io.reelmux.reader.spi.OpenRequest;
import io.reelmux.reader.spi.VideoDecoder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A media file that is read. Opening reads its headers only.
 *
 * <pre>{@code
 * try (MediaReader file = MediaReader.open(Path.of("in.mp4"))) {
 *   VideoReader frames = file.video();
 *   ReadFrame tenth = frames.frame(9);
 *   FrameBatch clip = frames.framesIn(100, 200, 4);
 *   float[][] audio = file.audio().samples(Duration.ofSeconds(1), Duration.ofSeconds(2)).toFloats();
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Different streams of a file may be read on different threads at once, and so
 * may two readers of the same stream. Calls of one reader run one at a time. {@link #cancel} and
 * {@link #close} may be called from any thread.
 *
 * <p><b>Ownership.</b> Everything that is returned is in memory of the JVM, belongs to the caller,
 * and remains valid after {@link #close}.
 *
 * <p><b>States.</b>
 *
 * <pre>
 * OPEN --cancel()--&gt; CANCELLED --close()--&gt; closed, but calls still say that it was canceled
 * OPEN --close()--&gt; CLOSED
 * </pre>
 *
 * A failure ends only the stream reader that met it. Calls after {@code close()} throw {@link
 * IllegalStateException}, calls after {@code cancel()} {@link
 * java.util.concurrent.CancellationException}.
 *
 * <p><b>Errors.</b> Mistakes are an {@link IllegalArgumentException}, {@link
 * IndexOutOfBoundsException} or {@link IllegalStateException}; what the source throws comes out of
 * the call that met it, as the same object; all else is a {@link ReaderException}.
 *
 * <p><b>Safety.</b> A file is never allowed to open other files or connections, and {@link Limits}
 * bound its cost. Only {@link Builder#openUrl} uses a network.
 */
public final class MediaReader implements AutoCloseable {
  private final ReaderCalls calls;
  private final Part file;
  private final MediaSession session;
  private final MediaInfo info;
  private final String name;

  private MediaReader(ReaderCalls calls, Part file, MediaSession session, String name) {
    this.calls = calls;
    this.file = file;
    this.session = session;
    this.info = session.info();
    this.name = name;
  }

  /**
   * Opens a file with the default settings.
   *
   * @param path a regular file; neither a URL nor a pattern, whatever its name
   * @return the reader, which the caller closes
   * @throws IllegalArgumentException if the path is not in the default file system
   * @throws IllegalStateException if there is no backend on the class path
   * @throws UnsupportedMediaException if it is not a media file, or of a kind that cannot be read
   * @throws IOException if it cannot be opened or read, or exceeds a limit
   */
  public static MediaReader open(Path path) throws IOException {
    return builder().open(path);
  }

  /**
   * Opens a source with the default settings.
   *
   * @param source remains the caller's; it is not closed
   * @return the reader, which the caller closes
   * @throws IllegalStateException if there is no backend on the class path
   * @throws UnsupportedMediaException if it is not a media file, or of a kind that cannot be read
   * @throws IOException if it cannot be read, or exceeds a limit; the source's own exception is
   *     thrown unchanged
   */
  public static MediaReader open(ByteSource source) throws IOException {
    return builder().open(source);
  }

  /**
   * Returns a builder with the default settings.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** How a file is opened. Not thread-safe; may open several files. */
  public static final class Builder {
    private final Map<String, String> options = new LinkedHashMap<>();
    private Limits limits = Limits.DEFAULT;
    private @Nullable String format;

    private Builder() {}

    /**
     * Sets what files may cost.
     *
     * @param value {@link Limits#DEFAULT} by default
     * @return this
     */
    public Builder limits(Limits value) {
      limits = Objects.requireNonNull(value, "limits");
      return this;
    }

    /**
     * Sets the container, which is otherwise recognized.
     *
     * @param demuxer FFmpeg's name of the demuxer, such as {@code mov} or {@code h264}
     * @return this
     * @throws IllegalArgumentException if the name is blank
     */
    public Builder format(String demuxer) {
      if (demuxer.isBlank()) {
        throw new IllegalArgumentException("the format is blank");
      }
      format = demuxer;
      return this;
    }

    /**
     * Sets an option of the demuxer, by FFmpeg's name, or of the protocol of {@link #openUrl}. What
     * is not known is refused when a file is opened.
     *
     * @param key the name
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if the name is blank, or is already set to another value
     */
    public Builder option(String key, String value) {
      if (key.isBlank()) {
        throw new IllegalArgumentException("the name of the option is blank");
      }
      Objects.requireNonNull(value, "value");
      String old = options.putIfAbsent(key, value);
      if (old != null && !old.equals(value)) {
        throw new IllegalArgumentException(
            "option " + key + " is set twice, to '" + old + "' and to '" + value + "'");
      }
      return this;
    }

    /**
     * Opens a file.
     *
     * @param path a regular file; neither a URL nor a pattern, whatever its name
     * @return the reader, which the caller closes
     * @throws IllegalArgumentException if the path is not in the default file system, or a setting
     *     is not supported
     * @throws IllegalStateException if there is no backend on the class path
     * @throws UnsupportedMediaException if it is not a media file, or of a kind that cannot be read
     * @throws IOException if it cannot be opened or read, or exceeds a limit
     */
    public MediaReader open(Path path) throws IOException {
      ByteSource source = FileSource.open(Objects.requireNonNull(path, "path"));
      Lifecycle lifecycle = new Lifecycle(source);
      Path fileName = path.getFileName();
      Opening opening =
          new Opening(
              lifecycle,
              Optional.of(GuardedSource.own(lifecycle, source)),
              null,
              Optional.empty(),
              Optional.ofNullable(fileName).map(Path::toString));
      return open(opening, path.toString());
    }

    /**
     * Opens a source.
     *
     * @param source remains the caller's; it is not closed
     * @return the reader, which the caller closes
     * @throws IllegalArgumentException if a setting is not supported
     * @throws IllegalStateException if there is no backend on the class path
     * @throws UnsupportedMediaException if it is not a media file, or of a kind that cannot be read
     * @throws IOException if it cannot be read, or exceeds a limit; the source's own exception is
     *     thrown unchanged
     */
    public MediaReader open(ByteSource source) throws IOException {
      Objects.requireNonNull(source, "source");
      Lifecycle lifecycle = new Lifecycle(null);
      Opening opening =
          new Opening(
              lifecycle,
              Optional.of(GuardedSource.callers(lifecycle, source)),
              source,
              Optional.empty(),
              Optional.empty());
      return open(opening, source.toString());
    }

    /**
     * Opens what FFmpeg itself connects to: the only way to a network. The server decides what is
     * read; {@link Limits#deadline} should be set.
     *
     * @param url with a protocol that the backend supports, such as {@code https} or {@code rtsp}
     * @return the reader, which the caller closes
     * @throws IllegalArgumentException if the URL has no protocol, it is {@code file}, or the
     *     backend does not support it, or a setting
     * @throws IllegalStateException if there is no backend on the class path
     * @throws UnsupportedMediaException if it is not media, or of a kind that cannot be read
     * @throws IOException if it cannot be connected to or read, or exceeds a limit
     */
    public MediaReader openUrl(URI url) throws IOException {
      String protocol = url.getScheme();
      if (protocol == null) {
        throw new IllegalArgumentException(url + " has no protocol: open a Path for a file");
      }
      if (protocol.equalsIgnoreCase("file")) {
        throw new IllegalArgumentException(url + " is a file: open(Path.of(url)) reads it");
      }
      Opening opening =
          new Opening(
              new Lifecycle(null), Optional.empty(), null, Optional.of(url), Optional.empty());
      return open(opening, url.toString());
    }

    /** What is opened. */
    private record Opening(
        Lifecycle lifecycle,
        Optional<GuardedSource> source,
        @Nullable ByteSource callers,
        Optional<URI> url,
        Optional<String> fileName) {}

    private MediaReader open(Opening opening, String name) throws IOException {
      ReaderCalls calls =
          new ReaderCalls(opening.lifecycle, limits.deadline().orElse(null), opening.callers);
      Part file = Part.file();
      boolean opened = false;
      try {
        MediaSession session =
            calls.open(file, () -> ReaderBackends.first().open(request(opening)));
        MediaReader reader = new MediaReader(calls, file, session, name);
        opened = true;
        return reader;
      } finally {
        if (!opened) {
          calls.close();
        }
      }
    }

    private OpenRequest request(Opening opening) {
      return new OpenRequest(
          opening.source.map(guarded -> guarded),
          opening.url,
          opening.fileName,
          Optional.ofNullable(format),
          options,
          limits,
          opening.lifecycle::check);
    }
  }

  /** {@return what the headers of the file say; also after {@link #close}} */
  public MediaInfo info() {
    return info;
  }

  /**
   * Opens the best video stream, for frames of {@link PixelLayout#RGB24}.
   *
   * @return a reader, which {@link #close} closes
   * @throws UnsupportedMediaException if there is no video that can be decoded
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public VideoReader video() throws IOException {
    return video(VideoOutput.of(PixelLayout.RGB24));
  }

  /**
   * Opens the best video stream: one that can be decoded, with {@link Disposition#DEFAULT} if there
   * is such a one, among these the one with the most pixels, then the first. Covers are not video.
   *
   * @param output which frames are wanted
   * @return a reader, which {@link #close} closes
   * @throws IllegalArgumentException if the output is not possible for this stream
   * @throws UnsupportedMediaException if there is no video that can be decoded
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public VideoReader video(VideoOutput output) throws IOException {
    Comparator<VideoInfo> pixels = Comparator.comparingLong(v -> (long) v.width() * v.height());
    return video(best(info.videos(), pixels, "video"), output);
  }

  /**
   * Opens a video stream. A stream may be opened several times.
   *
   * @param stream one of {@link MediaInfo#videos}
   * @param output which frames are wanted
   * @return a reader, which {@link #close} closes
   * @throws IllegalArgumentException if the stream is not of this file, or the output is not
   *     possible for it
   * @throws UnsupportedMediaException if it cannot be decoded
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public VideoReader video(VideoInfo stream, VideoOutput output) throws IOException {
    Objects.requireNonNull(output, "output");
    String part = requireDecodable(stream);
    return calls.call(
        file,
        "video()",
        () -> {
          VideoDecoder decoder = session.video(stream.index(), output);
          return VideoReader.of(calls, Part.stream(part), decoder, stream, output);
        });
  }

  /**
   * Opens the best audio stream, for samples of {@link SampleLayout#FLOAT_PLANAR}.
   *
   * @return a reader, which {@link #close} closes
   * @throws UnsupportedMediaException if there is no audio that can be decoded
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public AudioReader audio() throws IOException {
    return audio(AudioOutput.of(SampleLayout.FLOAT_PLANAR));
  }

  /**
   * Opens the best audio stream: one that can be decoded, with {@link Disposition#DEFAULT} if there
   * is such a one, among these the one with the most channels, then the first.
   *
   * @param output which samples are wanted
   * @return a reader, which {@link #close} closes
   * @throws IllegalArgumentException if the output is not possible for this stream
   * @throws UnsupportedMediaException if there is no audio that can be decoded
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public AudioReader audio(AudioOutput output) throws IOException {
    return audio(
        best(info.audios(), Comparator.comparingInt(AudioInfo::channels), "audio"), output);
  }

  /**
   * Opens an audio stream. A stream may be opened several times.
   *
   * @param stream one of {@link MediaInfo#audios}
   * @param output which samples are wanted
   * @return a reader, which {@link #close} closes
   * @throws IllegalArgumentException if the stream is not of this file, or the output is not
   *     possible for it
   * @throws UnsupportedMediaException if it cannot be decoded
   * @throws IOException if the library or the source fails, or the stream exceeds a limit
   */
  public AudioReader audio(AudioInfo stream, AudioOutput output) throws IOException {
    Objects.requireNonNull(output, "output");
    String part = requireDecodable(stream);
    return calls.call(
        file,
        "audio()",
        () -> {
          AudioDecoder decoder = session.audio(stream.index(), output);
          return AudioReader.of(calls, Part.stream(part), decoder, stream);
        });
  }

  /**
   * Reads the compressed packets of streams, in the order of the file.
   *
   * @param streams streams of this file, of any kind; all of them if none is given
   * @return a cursor at the start of the file, which {@link #close} closes
   * @throws IllegalArgumentException if a stream is not of this file, or is given twice
   * @throws UnsupportedMediaException if the file has no stream
   * @throws IOException if the library or the source fails
   */
  public PacketCursor packets(StreamInfo... streams) throws IOException {
    List<StreamInfo> wanted = streams.length == 0 ? info.streams() : List.of(streams);
    if (wanted.isEmpty()) {
      throw new UnsupportedMediaException(
          "read packets", null, 0, "the file has no streams", List.of());
    }
    wanted.forEach(this::requireOwn);
    requireDistinct(wanted);
    int[] indices = wanted.stream().mapToInt(StreamInfo::index).toArray();
    String part = "packets of " + wanted.stream().map(this::name).collect(Collectors.joining(", "));
    return calls.call(
        file,
        "packets()",
        () -> PacketCursor.of(calls, Part.stream(part), session.packets(indices), info.streams()));
  }

  /**
   * Reads several streams in the order of time, from their start, as encoding them again requires.
   *
   * @param readers readers of this file, at least one
   * @return a cursor that uses the readers
   * @throws IllegalArgumentException if there is none, one is of another file, or is given twice
   */
  public MediaCursor interleaved(StreamReader... readers) {
    List<StreamReader> all = List.of(readers);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("interleaved() requires at least one reader");
    }
    for (StreamReader reader : all) {
      boolean own =
          reader instanceof VideoReader video
              ? video.belongsTo(calls)
              : reader instanceof AudioReader audio && audio.belongsTo(calls);
      if (!own) {
        throw new IllegalArgumentException(reader + " reads another file than " + name);
      }
    }
    requireDistinct(all);
    return new MediaCursor(all);
  }

  private static void requireDistinct(List<?> all) {
    for (int i = 0; i < all.size(); i++) {
      if (all.subList(0, i).contains(all.get(i))) {
        throw new IllegalArgumentException(all.get(i) + " is given twice");
      }
    }
  }

  private void requireOwn(StreamInfo stream) {
    int index = stream.index();
    if (index < 0 || index >= info.streams().size() || !info.streams().get(index).equals(stream)) {
      throw new IllegalArgumentException(
          "stream "
              + index
              + " ("
              + stream.codec()
              + ") is not of "
              + name
              + ": use those of info().streams()");
    }
  }

  private String requireDecodable(StreamInfo stream) throws UnsupportedMediaException {
    requireOwn(stream);
    Optional<String> unsupported = stream.facts().unsupported();
    if (unsupported.isPresent()) {
      throw new UnsupportedMediaException(
          "decode " + stream.codec(), name(stream), 0, unsupported.get(), List.of());
    }
    return name(stream);
  }

  /** {@code video 0}: the number counts the streams of that kind. */
  private String name(StreamInfo stream) {
    long number =
        info.streams().stream()
            .limit(stream.index())
            .filter(other -> kind(other).equals(kind(stream)))
            .count();
    return kind(stream) + " " + number;
  }

  private static String kind(StreamInfo stream) {
    if (stream instanceof VideoInfo) {
      return "video";
    }
    return stream instanceof OtherInfo other ? other.kind() : "audio";
  }

  private <T extends StreamInfo> T best(List<T> streams, Comparator<T> size, String kind)
      throws UnsupportedMediaException {
    Comparator<T> decodable = Comparator.comparing(s -> s.facts().unsupported().isEmpty());
    Comparator<T> marked =
        Comparator.comparing(s -> s.facts().dispositions().contains(Disposition.DEFAULT));
    Comparator<T> order = decodable.thenComparing(marked).thenComparing(size);
    List<T> inOrder = new ArrayList<>(streams);
    // stable: of equal streams the first
    inOrder.sort(order.reversed());
    if (inOrder.isEmpty()) {
      throw new UnsupportedMediaException(
          "read " + kind, null, 0, "the file has no " + kind + ": " + contents(), List.of());
    }
    return inOrder.get(0);
  }

  private String contents() {
    return info.streams().isEmpty()
        ? "it has no streams"
        : "it has "
            + info.streams().stream()
                .map(stream -> name(stream) + " (" + stream.codec() + ")")
                .collect(Collectors.joining(", "));
  }

  /**
   * Ends reading, from any thread, even from the source: running calls end with a {@link
   * java.util.concurrent.CancellationException} as soon as possible, and all later ones throw it. A
   * source that blocks is interrupted. Returns at once; {@link #close} is still required.
   */
  public void cancel() {
    calls.cancel();
  }

  /**
   * Closes the reader and its stream readers and cursors. May be called from any thread: running
   * calls end with a {@link java.util.concurrent.CancellationException}, a source that blocks is
   * interrupted, and the last call to end releases native memory. What was read remains valid. A
   * second call does nothing.
   *
   * @throws IllegalStateException if the source calls it during a call of its own reader
   */
  @Override
  public void close() {
    calls.close();
  }

  /** {@code MediaReader[OPEN, in.mp4, mov,mp4,m4a,3gp,3g2,mj2, video 0 (h264), audio 0 (aac)]}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>(Arrays.asList(calls.toString(), name, info.container()));
    info.streams().forEach(stream -> parts.add(name(stream) + " (" + stream.codec() + ")"));
    return "MediaReader" + parts;
  }
}
