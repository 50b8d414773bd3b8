package io.reelmux;

import io.reelmux.spi.EncoderBackend;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Encodes any number of video and audio streams into one container.
 *
 * <pre>{@code
 * try (Encoder encoder = Encoder.create()) {
 *   VideoStream video = encoder.addVideo(VideoOptions.of(1280, 720, 30));
 *   AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
 *   encoder.openFile(Path.of("out.mp4"));
 *   for (BufferedImage image : images) {
 *     video.addFrame(VideoFrame.of(image));
 *   }
 *   audio.addSamples(samples);
 * }
 * }</pre>
 *
 * <p>States:
 *
 * <pre>
 *  CONFIGURING --open--&gt; OPEN --finish--&gt; FINISHED     cancel() from the first two --&gt; CANCELLED
 *                           \--a failure--&gt; FAILED       close()  from any           --&gt; CLOSED
 * </pre>
 *
 * <p>Streams are added while CONFIGURING, frames and samples while OPEN; any other order is an
 * {@link IllegalStateException}. A refused {@code open} leaves the destination as it was and the
 * encoder CONFIGURING.
 *
 * <p>Threads: each stream takes one thread at a time, different streams may be fed from different
 * threads at once; {@link #cancel()} and {@link #close()} may come from any thread.
 */
public final class Encoder implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  private enum State {
    CONFIGURING,
    OPENING,
    OPEN,
    FINISHED,
    FAILED,
    CANCELLED,
    CLOSED
  }

  private final Builder settings;
  private final EncoderBackend backend;
  private final Object lock = new Object();
  private final ReentrantLock openLock = new ReentrantLock();
  private final List<VideoStream> videos = new ArrayList<>();
  private final List<AudioStream> audios = new ArrayList<>();
  private final List<StreamGate> videoGates = new ArrayList<>();
  private final List<StreamGate> audioGates = new ArrayList<>();
  private final EncoderResources resources = new EncoderResources();
  private final Cleaner.Cleanable cleanable;

  private volatile State state = State.CONFIGURING;

  /** Stays true after close(), while calls that were running come to their end. */
  private volatile boolean cancelled;

  private @Nullable Throwable failure;
  private @Nullable EncodingResult result;

  private Encoder(Builder settings) {
    this.settings = settings;
    this.backend = Backends.first();
    this.cleanable = CLEANER.register(this, resources::reclaim);
  }

  /**
   * An encoder with default settings.
   *
   * @return a new encoder, CONFIGURING
   * @throws IllegalStateException if there is no backend on the class path
   */
  public static Encoder create() {
    return builder().build();
  }

  /**
   * Starts an encoder with settings for the whole container.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Adds a video stream. In the container all video streams come first, in the order added.
   *
   * @param options what it takes in and how it is encoded
   * @return the handle that takes frames
   * @throws IllegalStateException unless CONFIGURING
   */
  public VideoStream addVideo(VideoOptions options) {
    Objects.requireNonNull(options, "options");
    synchronized (lock) {
      require(State.CONFIGURING, "addVideo()");
      StreamGate gate = new StreamGate(StreamKind.VIDEO, videos.size());
      VideoStream stream = new VideoStream(this, gate, options);
      videos.add(stream);
      videoGates.add(gate);
      return stream;
    }
  }

  /**
   * Adds an audio stream. In the container audio streams follow the video streams, in the order
   * added.
   *
   * @param options what it takes in and how it is encoded
   * @return the handle that takes samples
   * @throws IllegalStateException unless CONFIGURING
   */
  public AudioStream addAudio(AudioOptions options) {
    Objects.requireNonNull(options, "options");
    synchronized (lock) {
      require(State.CONFIGURING, "addAudio()");
      StreamGate gate = new StreamGate(StreamKind.AUDIO, audios.size());
      AudioStream stream = new AudioStream(this, gate, options);
      audios.add(stream);
      audioGates.add(gate);
      return stream;
    }
  }

  /**
   * Opens a file in the container that its extension names. An existing file is replaced, once
   * every check has passed.
   *
   * @param path any name that the file system allows; never read as a URL or a pattern
   * @return this
   * @throws IllegalArgumentException if the extension, an option or a combination is not possible
   * @throws IllegalStateException unless CONFIGURING, or if there is no stream
   * @throws IOException if the file cannot be written, or the library fails
   */
  public Encoder openFile(Path path) throws IOException {
    return open(
        file(path), null, Objects.requireNonNull(path.getFileName(), "file name").toString());
  }

  /**
   * Opens a file in a container by name.
   *
   * @param path any name that the file system allows
   * @param format name of the container ({@code mp4}, {@code mkv}, {@code mpegts})
   * @return this
   * @throws IllegalArgumentException if the format, an option or a combination is not possible
   * @throws IllegalStateException unless CONFIGURING, or if there is no stream
   * @throws IOException if the file cannot be written, or the library fails
   */
  public Encoder openFile(Path path, String format) throws IOException {
    return open(file(path), Checks.name("format", format), null);
  }

  /**
   * Opens an output stream. A {@link SeekableOutputStream} is written like a file; any other stream
   * is append-only: MP4 and MOV become fragmented, and containers that must seek are refused. The
   * stream is flushed when finished, and never closed.
   *
   * @param stream takes the bytes
   * @param format name of the container
   * @return this
   * @throws IllegalArgumentException if the format, an option or a combination is not possible
   * @throws IllegalStateException unless CONFIGURING, or if there is no stream
   * @throws IOException if the library or the stream fails
   */
  public Encoder openFileLike(OutputStream stream, String format) throws IOException {
    Objects.requireNonNull(stream, "stream");
    return open(new StreamDestination(stream), Checks.name("format", format), null);
  }

  /**
   * Opens a seekable channel. The container starts at the channel's position; the channel is never
   * closed.
   *
   * @param channel takes the bytes
   * @param format name of the container
   * @return this
   * @throws IllegalArgumentException if the format, an option or a combination is not possible
   * @throws IllegalStateException unless CONFIGURING, or if there is no stream
   * @throws IOException if the library or the channel fails
   */
  public Encoder openFileLike(SeekableByteChannel channel, String format) throws IOException {
    Objects.requireNonNull(channel, "channel");
    return open(new ChannelDestination(channel), Checks.name("format", format), null);
  }

  /**
   * Opens without a container: encoded packets go to the listener alone. Parameter sets are in the
   * packets where the codec can carry them there.
   *
   * @param listener takes the packets
   * @return this
   * @throws IllegalArgumentException if an option or a combination is not possible
   * @throws IllegalStateException unless CONFIGURING, or if there is no stream
   * @throws IOException if the library fails
   */
  public Encoder openPackets(PacketListener listener) throws IOException {
    Objects.requireNonNull(listener, "listener");
    if (settings.packetListener != null) {
      throw new IllegalStateException(
          "openPackets() was called on an encoder that has a packetListener; use one of them");
    }
    return open(null, null, null, listener);
  }

  /**
   * Ends all streams, completes the container and frees the encoder's memory.
   *
   * @return what was produced
   * @throws IllegalStateException unless OPEN
   * @throws IOException if the destination or the library fails; the encoder is then FAILED
   */
  public EncodingResult finish() throws IOException {
    List<ReentrantLock> locks = lockAll("finish()");
    EncodingResult finished;
    try {
      finished = finishLocked();
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
    progress();
    return finished;
  }

  /**
   * What was produced.
   *
   * @return the result, once the encoder has been finished by {@link #finish()} or {@link #close()}
   */
  public Optional<EncodingResult> result() {
    synchronized (lock) {
      return Optional.ofNullable(result);
    }
  }

  /**
   * Gives up at once, from any thread. No new native call starts and nothing more is written; a
   * thread blocked inside the destination is interrupted, and the file that {@code openFile} was
   * writing is deleted. Calls that are running end with a {@link CancellationException}. A finished
   * or closed encoder stays as it is.
   */
  public void cancel() {
    synchronized (lock) {
      if (state == State.FINISHED || state == State.CLOSED || state == State.CANCELLED) {
        return;
      }
      state = State.CANCELLED;
      cancelled = true;
    }
    resources.cancel();
  }

  /**
   * Finishes the container if that has not happened, and frees everything. What was encoded is
   * kept, also when the caller's block ended with an exception. After a failure it only frees; it
   * then throws nothing, for the failure has been thrown already. Calling it again does nothing.
   *
   * @throws IllegalStateException if called from inside the destination or a listener
   * @throws IOException if finishing fails
   */
  @Override
  public void close() throws IOException {
    if (state == State.CANCELLED) {
      // whoever is still blocked in the destination frees the rest
      closed();
      resources.awaitRelease();
      return;
    }
    List<ReentrantLock> locks = lockAll("close()");
    try {
      if (state == State.OPEN) {
        finishLocked();
      } else if (state == State.FAILED) {
        salvage();
      }
    } finally {
      closed();
      locks.forEach(ReentrantLock::unlock);
    }
  }

  private void closed() {
    synchronized (lock) {
      state = State.CLOSED;
    }
    resources.release();
    resources.dismiss();
    cleanable.clean();
  }

  private void salvage() {
    resources.gate().enter("close()");
    try {
      resources.salvage();
    } finally {
      resources.gate().leave();
    }
  }

  private EncodingResult finishLocked() throws IOException {
    resources.gate().enter("finish()");
    try {
      EncodingSession session = openSession("finish()");
      EncodingResult finished = session.finish();
      synchronized (lock) {
        if (cancelled) {
          throw cancelled("finish()");
        }
        result = finished;
        state = State.FINISHED;
      }
      resources.finished();
      return finished;
    } catch (IOException | RuntimeException | Error e) {
      failed("finish()", e);
      throw e;
    } finally {
      resources.gate().leave();
    }
  }

  private HostDestination file(Path path) {
    Objects.requireNonNull(path, "path");
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          path
              + " is not in the default file system: open it with Files.newByteChannel and"
              + " openFileLike");
    }
    return new FileDestination(path, settings.overwrite);
  }

  private Encoder open(HostDestination destination, @Nullable String format, @Nullable String name)
      throws IOException {
    return open(destination, format, name, settings.packetListener);
  }

  private Encoder open(
      @Nullable HostDestination destination,
      @Nullable String format,
      @Nullable String fileName,
      @Nullable PacketListener listener)
      throws IOException {
    if (openLock.isHeldByCurrentThread()) {
      throw new IllegalStateException("open was called from inside open");
    }
    openLock.lock();
    try {
      return openLocked(destination, format, fileName, listener);
    } finally {
      openLock.unlock();
    }
  }

  private Encoder openLocked(
      @Nullable HostDestination destination,
      @Nullable String format,
      @Nullable String fileName,
      @Nullable PacketListener listener)
      throws IOException {
    SessionRequest request;
    synchronized (lock) {
      require(State.CONFIGURING, "open");
      if (videos.isEmpty() && audios.isEmpty()) {
        throw new IllegalStateException(
            "open was called without a stream: call addVideo() or addAudio() first");
      }
      request =
          new SessionRequest(
              videos.stream().map(VideoStream::options).toList(),
              audios.stream().map(AudioStream::options).toList(),
              format,
              fileName,
              destination,
              settings.mode,
              settings.metadata,
              settings.muxerOptions,
              listener,
              settings.interleaveBudget);
      // before cancel() can see the new state: it would find nobody inside, and free too early
      resources.gate().enter("open");
      state = State.OPENING;
    }
    try {
      if (destination != null) {
        destination.limit(settings.deadline);
        destination.check();
      }
      resources.opening(destination);
      opened(backend.open(request));
      return this;
    } catch (IOException | RuntimeException | Error e) {
      refused(e);
      throw e;
    } finally {
      resources.gate().leave();
    }
  }

  private void opened(EncodingSession session) {
    resources.opened(session);
    int index = 0;
    for (StreamGate gate : videoGates) {
      gate.place(index++);
    }
    for (StreamGate gate : audioGates) {
      gate.place(index++);
    }
    synchronized (lock) {
      if (cancelled) {
        throw cancelled("open");
      }
      state = State.OPEN;
    }
  }

  /** After a refused open the encoder is as it was before, unless it was cancelled meanwhile. */
  private void refused(Throwable cause) {
    synchronized (lock) {
      if (cancelled) {
        throw cancelled("open", cause);
      }
      state = State.CONFIGURING;
    }
    resources.refused();
  }

  /** Runs a call of a stream: legal state, then the check, then the work. */
  void run(StreamGate gate, String call, Check check, Operation operation) throws IOException {
    lockStream(gate, call);
    try {
      resources.gate().enter(call);
      try {
        EncodingSession session = openSession(call);
        requireNotEnded(gate, call);
        check.run(session);
        operate(call, session, operation);
      } finally {
        resources.gate().leave();
      }
    } finally {
      gate.lock().unlock();
    }
    progress();
  }

  /** Refuses a call that has nothing to do in a state where it would be illegal. */
  void requireOpen(StreamGate gate, String call) {
    openSession(call);
    requireNotEnded(gate, call);
  }

  void end(StreamGate gate) throws IOException {
    String call = "end()";
    lockStream(gate, call);
    try {
      resources.gate().enter(call);
      try {
        EncodingSession session = openSession(call);
        if (!gate.ended()) {
          gate.markEnded();
          operate(call, session, s -> s.end(gate.index()));
        }
      } finally {
        resources.gate().leave();
      }
    } finally {
      gate.lock().unlock();
    }
  }

  private void operate(String call, EncodingSession session, Operation operation)
      throws IOException {
    try {
      operation.run(session);
    } catch (IOException | RuntimeException | Error e) {
      failed(call, e);
      throw e;
    }
    if (cancelled) {
      throw cancelled(call);
    }
  }

  /** Keeps the first failure; what fails because of cancel() is a cancellation. */
  private void failed(String call, Throwable cause) {
    synchronized (lock) {
      if (cancelled && !(cause instanceof CancellationException)) {
        throw cancelled(call, cause);
      }
      if (state == State.OPEN) {
        state = State.FAILED;
        failure = cause;
      }
    }
  }

  private EncodingSession openSession(String call) {
    synchronized (lock) {
      require(State.OPEN, call);
      return resources.session();
    }
  }

  private static void requireNotEnded(StreamGate gate, String call) {
    if (gate.ended()) {
      throw new IllegalStateException(call + " was called on " + gate + " after its end()");
    }
  }

  private static void lockStream(StreamGate gate, String call) {
    if (gate.lock().isHeldByCurrentThread()) {
      throw new IllegalStateException(
          call + " was called from inside another call of the same stream");
    }
    gate.lock().lock();
  }

  /** Waits until open has returned and no stream is being fed. */
  private List<ReentrantLock> lockAll(String call) {
    List<ReentrantLock> locks = new ArrayList<>();
    locks.add(openLock);
    synchronized (lock) {
      videoGates.forEach(gate -> locks.add(gate.lock()));
      audioGates.forEach(gate -> locks.add(gate.lock()));
    }
    if (locks.stream().anyMatch(ReentrantLock::isHeldByCurrentThread)) {
      throw new IllegalStateException(
          call
              + " was called from inside another call of the same encoder, by its destination or"
              + " listener; only cancel() may be");
    }
    locks.forEach(ReentrantLock::lock);
    return locks;
  }

  private void progress() {
    ProgressListener listener = settings.listener;
    if (listener != null) {
      listener.onProgress(resources.progress());
    }
  }

  private void require(State wanted, String call) {
    if (state == wanted) {
      return;
    }
    switch (state) {
      case CANCELLED -> throw cancelled(call);
      case FAILED ->
          throw new IllegalStateException(
              call + " was called after a failure; only close() may be: " + failure, failure);
      case CONFIGURING ->
          throw new IllegalStateException(
              call + " was called before open: call openFile(), openFileLike() or openPackets()");
      default ->
          throw new IllegalStateException(
              call + " was called " + whenIllegal() + "; " + instead(wanted));
    }
  }

  private String whenIllegal() {
    return switch (state) {
      case OPENING -> "while open is running in another thread";
      case OPEN -> "after open";
      case FINISHED -> "after finish()";
      default -> "after close()";
    };
  }

  private static String instead(State wanted) {
    return wanted == State.CONFIGURING
        ? "streams are added before open, and an encoder is opened once: create another"
        : "create another encoder";
  }

  private static CancellationException cancelled(String call) {
    return new CancellationException(call + ": the encoder has been cancelled");
  }

  private static CancellationException cancelled(String call, Throwable cause) {
    CancellationException cancelled = cancelled(call);
    cancelled.initCause(cause);
    return cancelled;
  }

  /** A check that runs before anything is touched. */
  @FunctionalInterface
  interface Check {
    void run(EncodingSession session);
  }

  /** Settings of the whole container. Not thread-safe; may be used for several encoders. */
  public static final class Builder {

    /** 256 MiB. */
    private static final long DEFAULT_BUDGET = 256L << 20;

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, String> muxerOptions = new LinkedHashMap<>();
    private @Nullable ContainerMode mode;
    private @Nullable ProgressListener listener;
    private @Nullable PacketListener packetListener;
    private boolean overwrite = true;
    private long interleaveBudget = DEFAULT_BUDGET;
    private @Nullable Duration deadline;

    private Builder() {}

    private Builder(Builder other) {
      metadata.putAll(other.metadata);
      muxerOptions.putAll(other.muxerOptions);
      mode = other.mode;
      listener = other.listener;
      packetListener = other.packetListener;
      overwrite = other.overwrite;
      interleaveBudget = other.interleaveBudget;
      deadline = other.deadline;
    }

    /**
     * A tag of the container ({@code title}, {@code artist}, {@code comment}); kept where the
     * container stores it.
     *
     * @param key the tag's name
     * @param value any text without NUL
     * @return this
     */
    public Builder metadata(String key, String value) {
      Checks.putOnce(metadata, "metadata", key, value);
      return this;
    }

    /**
     * An option of the muxer by FFmpeg's name; checked when a destination is opened. {@code
     * movflags} are added to those of the {@link ContainerMode}.
     *
     * @param key the name
     * @param value the value
     * @return this
     */
    public Builder muxerOption(String key, String value) {
      Checks.putOnce(muxerOptions, "muxer option", key, value);
      return this;
    }

    /**
     * How the container is laid out. Default: {@link ContainerMode#CRASH_SAFE} where the
     * destination can seek.
     *
     * @param value the mode
     * @return this
     */
    public Builder container(ContainerMode value) {
      mode = Objects.requireNonNull(value, "container");
      return this;
    }

    /**
     * Is told how far the encoder has come.
     *
     * @param value called after each add call
     * @return this
     */
    public Builder listener(ProgressListener value) {
      listener = Objects.requireNonNull(value, "listener");
      return this;
    }

    /**
     * Takes the encoded packets as well as the container.
     *
     * @param value called for each packet
     * @return this
     */
    public Builder packetListener(PacketListener value) {
      packetListener = Objects.requireNonNull(value, "packetListener");
      return this;
    }

    /**
     * Whether {@code openFile} replaces an existing file. Default: true.
     *
     * @param value false to refuse existing files
     * @return this
     */
    public Builder overwrite(boolean value) {
      overwrite = value;
      return this;
    }

    /**
     * Most bytes of encoded packets that may wait while one stream is fed and another is not.
     * Beyond it the call that adds fails and names the silent stream. Default: 256 MiB.
     *
     * @param bytes 1 MiB to 64 GiB
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder interleaveBudget(long bytes) {
      interleaveBudget = Checks.inRange("interleaveBudget", bytes, 1L << 20, 64L << 30);
      return this;
    }

    /**
     * Longest time that one write, seek or flush of the destination may take. Then the thread
     * inside it is interrupted, a file of the encoder's own is closed, and the call fails with an
     * {@link java.io.InterruptedIOException} once the destination returns. Default: no limit.
     *
     * @param value positive
     * @return this
     * @throws IllegalArgumentException if not positive
     */
    public Builder deadline(Duration value) {
      Objects.requireNonNull(value, "deadline");
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("deadline " + value + ": must be positive");
      }
      deadline = value;
      return this;
    }

    /**
     * Makes the encoder.
     *
     * @return a new encoder, CONFIGURING
     * @throws IllegalStateException if there is no backend on the class path
     */
    public Encoder build() {
      return new Encoder(new Builder(this));
    }
  }
}
