package io.reelmux;

import io.reelmux.internal.Backends;
import io.reelmux.internal.EncoderCalls;
import io.reelmux.internal.EncoderResources;
import io.reelmux.internal.EncoderState;
import io.reelmux.internal.GuardedListener;
import io.reelmux.internal.OutputEnd;
import io.reelmux.internal.StreamSlot;
import io.reelmux.spi.EncoderBackend;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Encodes any number of video and audio streams into one container. Add streams, open a
 * destination, add frames and samples as they arrive, and close. Into a file:
 *
 * <pre>{@code
 * try (Encoder encoder = Encoder.create()) {
 *   VideoStream video = encoder.addVideo(VideoOptions.of(1280, 720, 30));
 *   AudioStream audio = encoder.addAudio(AudioOptions.of(48_000, 2));
 *   encoder.openFile(Path.of("out.mp4"));
 *   for (int n = 0; n < images.size(); n++) {
 *     video.addFrame(VideoFrame.of(images.get(n)));
 *     audio.addSamples(samples.get(n)); // 1600 per channel, as long as the frame
 *   }
 * }
 * }</pre>
 *
 * <p>Into memory, from an (N, 3, height, width) tensor of bytes:
 *
 * <pre>{@code
 * VideoOptions options =
 *     VideoOptions.builder(width, height, 29.97).codec("h264").quality(Quality.HIGH).build();
 * ByteArrayOutput output = new ByteArrayOutput();
 * try (Encoder encoder = Encoder.create()) {
 *   VideoStream video = encoder.addVideo(options);
 *   encoder.openFileLike(output, "mp4");
 *   video.addFrames(VideoFrames.planarRgb(width, height, tensor));
 * }
 * byte[] mp4 = output.toByteArray();
 * }</pre>
 *
 * <p>On an NVIDIA GPU, from a tensor in GPU memory:
 *
 * <pre>{@code
 * Device gpu = Device.cuda(0);
 * try (Encoder encoder = Encoder.create()) {
 *   VideoStream video =
 *       encoder.addVideo(VideoOptions.builder(width, height, 30).device(gpu).build());
 *   encoder.openFile(Path.of("out.mp4"));
 *   video.addFrames(
 *       DeviceFrames.of(gpu, PixelLayout.RGB_PLANAR, width, height, devicePointer, count)
 *           .withCudaStream(cudaStream));
 * }
 * }</pre>
 *
 * <h2>States</h2>
 *
 * <pre>
 *  CONFIGURING --open--&gt; OPEN --finish--&gt; FINISHED     cancel() unless finished --&gt; CANCELLED
 *                           \--a failure--&gt; FAILED       close()  from any        --&gt; CLOSED
 * </pre>
 *
 * <p>Streams are added while CONFIGURING, frames and samples while OPEN; any other order throws an
 * {@link IllegalStateException}. A refused {@code open} leaves the destination unchanged and the
 * encoder CONFIGURING.
 *
 * <h2>Destinations</h2>
 *
 * <table>
 *   <caption>What the encoder can write to</caption>
 *   <thead>
 *     <tr><th>opened by</th><th>written</th><th>MP4 and MOV by default</th><th>when done</th></tr>
 *   </thead>
 *   <tbody>
 *     <tr><td>{@link #openFile(Path)}</td><td>a file, created or replaced</td>
 *       <td>playable after a crash, a regular file when finished</td>
 *       <td>closed; deleted by {@link #cancel()}</td></tr>
 *     <tr><td>{@link #openFileLike(OutputStream, String)}</td><td>in order, without seeking</td>
 *       <td>fragmented</td><td>flushed, not closed</td></tr>
 *     <tr><td>the same with a {@link SeekableOutputStream}, such as {@link ByteArrayOutput}</td>
 *       <td>from its current position on</td><td>as in a file</td><td>flushed, not closed</td></tr>
 *     <tr><td>{@link #openFileLike(SeekableByteChannel, String)}</td>
 *       <td>from its current position on</td><td>as in a file</td><td>not closed</td></tr>
 *     <tr><td>{@link #openPackets}</td><td>packets to a listener</td><td>no container</td>
 *       <td></td></tr>
 *     <tr><td>{@link #open}</td><td>any number of these at once, as {@link Output}s</td>
 *       <td>as above</td><td>as above</td></tr>
 *   </tbody>
 * </table>
 *
 * <h2>Threads</h2>
 *
 * <p>Different streams may be fed by different threads at once. A call on a stream waits for an
 * earlier call on the same stream; {@link #finish()} and {@link #close()} wait for all of them.
 * {@link #cancel()} waits for nothing. All three may be called from any thread. The destination and
 * the listeners are called on the thread that feeds or finishes the encoder, but each of several
 * {@linkplain Output outputs} on a daemon thread of its own. A destination or {@link
 * PacketListener} must not call the encoder, except for {@link #cancel()}.
 *
 * <p>An interrupt, such as that of {@link java.util.concurrent.Future#cancel Future.cancel(true)},
 * ends no call: it does not end native code. A destination or listener of the caller's sees it.
 *
 * <h2>Memory</h2>
 *
 * <p>Frames and samples refer to the caller's memory, on the host or on a GPU. It is read during
 * the call that adds them and may be reused when that returns. Native memory is freed by {@link
 * #finish()}, {@link #close()} or {@link #cancel()}, once no thread is inside the encoder. If an
 * encoder is garbage-collected without having been closed, its memory is freed, a warning is logged
 * and its file is not completed.
 *
 * <h2>Errors</h2>
 *
 * <ul>
 *   <li>Misuse is an {@link IllegalArgumentException}, {@link IllegalStateException} or {@link
 *       NullPointerException}. The refused input is not encoded, and the encoder can still be used.
 *   <li>If the destination or a {@link PacketListener} throws, the call that was writing throws the
 *       same exception.
 *   <li>If the native library fails, the call throws an {@link EncoderException}.
 *   <li>After a failure the encoder is FAILED. {@link #close()} then completes as much of the file
 *       as possible and throws nothing.
 *   <li>After {@link #cancel()}, calls throw a {@link CancellationException}.
 * </ul>
 */
public final class Encoder implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Builder settings;
  private final EncoderBackend backend;
  private final EncoderState state = new EncoderState();
  private final EncoderResources resources = new EncoderResources(state);
  private final EncoderCalls calls = new EncoderCalls(state, resources, this::slots);
  private final Cleaner.Cleanable cleanable;

  /** Modified only while CONFIGURING, under the state's monitor. */
  private final List<VideoStream> videos = new CopyOnWriteArrayList<>();

  private final List<AudioStream> audios = new CopyOnWriteArrayList<>();
  private final List<PacketInput> packets = new CopyOnWriteArrayList<>();
  private final List<SubtitleStream> subtitles = new CopyOnWriteArrayList<>();

  /**
   * With the caller's streams, channels and listeners, to which nothing else refers strongly; see
   * {@link io.reelmux.internal.WeakCallerRef}. Set under the state's monitor.
   */
  private volatile @Nullable EncoderOutputs outputs;

  private Encoder(Builder settings) {
    this.settings = settings;
    this.backend = Backends.first();
    this.cleanable = CLEANER.register(this, resources::reclaim);
  }

  /**
   * Creates an encoder with default settings.
   *
   * @return a new encoder, CONFIGURING
   * @throws IllegalStateException if there is no backend on the class path
   */
  public static Encoder create() {
    return builder().build();
  }

  /**
   * Returns a builder for an encoder with container-wide settings.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Adds a video stream. In the container, video streams come first, in the order added.
   *
   * @param options the input format and encoding settings
   * @return the stream, which accepts frames once the encoder is open
   * @throws IllegalStateException unless CONFIGURING
   */
  public VideoStream addVideo(VideoOptions options) {
    Objects.requireNonNull(options, "options");
    synchronized (state) {
      state.requireConfiguring("addVideo()");
      StreamSlot slot = new StreamSlot("video", videoOptions().size());
      VideoStream stream = new VideoStream(this, calls, slot, options, List.of());
      videos.add(stream);
      return stream;
    }
  }

  /**
   * Adds a video stream that is encoded in several sizes and bit rates at once. Each frame is read
   * once. In the container, or in several with {@link Output#only}, each rendition is a stream of
   * its own, in this order. Key frames are at the same times in all of them: {@link
   * VideoOptions.Builder#keyFramesEvery} of the source, else where the segments of the outputs
   * begin, or every 2 seconds if there are none.
   *
   * @param source the input format and the settings that the renditions share
   * @param renditions at least one, with different names
   * @return the stream, which accepts frames of the source's size once the encoder is open
   * @throws IllegalArgumentException if names repeat, or a rendition changes what is added
   * @throws IllegalStateException unless CONFIGURING
   */
  public VideoStream addVideo(VideoOptions source, List<Rendition> renditions) {
    Renditions.requireGrid(source);
    synchronized (state) {
      state.requireConfiguring("addVideo()");
      int first = videoOptions().size();
      StreamSlot slot = new StreamSlot("video", first);
      List<RenditionStream> encoded = Renditions.of(source, renditions, first);
      VideoStream stream = new VideoStream(this, calls, slot, source, encoded);
      videos.add(stream);
      return stream;
    }
  }

  /**
   * Adds an audio stream. In the container, audio streams follow the video streams, in the order
   * added.
   *
   * @param options the input format and encoding settings
   * @return the stream, which accepts samples once the encoder is open
   * @throws IllegalStateException unless CONFIGURING
   */
  public AudioStream addAudio(AudioOptions options) {
    Objects.requireNonNull(options, "options");
    synchronized (state) {
      state.requireConfiguring("addAudio()");
      StreamSlot slot = new StreamSlot("audio", audios.size());
      AudioStream stream = new AudioStream(this, calls, slot, options);
      audios.add(stream);
      return stream;
    }
  }

  /**
   * Adds a stream that is fed packets which are encoded already. In the container, it follows the
   * encoded streams of its kind.
   *
   * @param info the description of the stream: from a {@link PacketListener}, or made by hand
   * @return the stream, which accepts packets once the encoder is open
   * @throws IllegalStateException unless CONFIGURING
   */
  public PacketInput addPackets(PacketStreamInfo info) {
    Objects.requireNonNull(info, "info");
    synchronized (state) {
      state.requireConfiguring("addPackets()");
      StreamSlot slot = new StreamSlot("packets", packets.size());
      PacketInput stream = new PacketInput(this, calls, slot, info);
      packets.add(stream);
      return stream;
    }
  }

  /**
   * Adds a stream of text subtitles. In the container, subtitles come last, in the order added.
   *
   * @param options language and title
   * @return the stream, which accepts cues once the encoder is open
   * @throws IllegalStateException unless CONFIGURING
   */
  public SubtitleStream addSubtitles(SubtitleOptions options) {
    Objects.requireNonNull(options, "options");
    synchronized (state) {
      state.requireConfiguring("addSubtitles()");
      StreamSlot slot = new StreamSlot("subtitle", subtitles.size());
      SubtitleStream stream = new SubtitleStream(this, calls, slot, options);
      subtitles.add(stream);
      return stream;
    }
  }

  /**
   * Opens a file, in the container that its extension names. What an existing file holds is
   * replaced by the first write after the header: it remains if the first frame is refused, or the
   * encoder is canceled before. If someone deletes or replaces the file while it is encoded, {@link
   * EncodingResult#notes} says so.
   *
   * @param path any name that the file system allows; never interpreted as a URL or a pattern
   * @return this
   * @throws IllegalArgumentException if the extension, an option or a combination is not supported
   * @throws IllegalStateException unless CONFIGURING, or if no stream was added
   * @throws IOException if the file cannot be written, such as one that another encoder still
   *     writes or a reader of this process has open, or the library fails
   */
  public Encoder openFile(Path path) throws IOException {
    return open(Output.file(path));
  }

  /**
   * Opens a file in the given container.
   *
   * @param path any name that the file system allows
   * @param format the name of the container ({@code mp4}, {@code mkv}, {@code mpegts})
   * @return this
   * @throws IllegalArgumentException if the format, an option or a combination is not supported
   * @throws IllegalStateException unless CONFIGURING, or if no stream was added
   * @throws IOException if the file cannot be written, as in {@link #openFile(Path)}, or the
   *     library fails
   */
  public Encoder openFile(Path path, String format) throws IOException {
    return open(Output.file(path, format));
  }

  /**
   * Opens an output stream. A {@link SeekableOutputStream} is written like a file; any other stream
   * is append-only: MP4 and MOV become fragmented, and containers that require seeking are refused.
   * The stream is flushed when the encoder finishes, and never closed.
   *
   * @param stream receives the bytes
   * @param format the name of the container
   * @return this
   * @throws IllegalArgumentException if the format, an option or a combination is not supported
   * @throws IllegalStateException unless CONFIGURING, or if no stream was added
   * @throws IOException if the library or the stream fails
   */
  public Encoder openFileLike(OutputStream stream, String format) throws IOException {
    return open(Output.stream(stream, format));
  }

  /**
   * Opens a seekable channel. The container starts at the channel's position; the channel is never
   * closed.
   *
   * @param channel receives the bytes
   * @param format the name of the container
   * @return this
   * @throws IllegalArgumentException if the format, an option or a combination is not supported
   * @throws IllegalStateException unless CONFIGURING, or if no stream was added
   * @throws IOException if the library or the channel fails
   */
  public Encoder openFileLike(SeekableByteChannel channel, String format) throws IOException {
    return open(Output.channel(channel, format));
  }

  /**
   * Opens without a container: encoded packets go to the listener only. Parameter sets are in the
   * packets if the codec can carry them there.
   *
   * @param listener receives the packets
   * @return this
   * @throws IllegalArgumentException if an option or a combination is not supported
   * @throws IllegalStateException unless CONFIGURING, or if no stream was added
   * @throws IOException if the library fails
   */
  public Encoder openPackets(PacketListener listener) throws IOException {
    Output packetsOnly = Output.packets(listener);
    if (settings.packetListener != null) {
      throw new IllegalStateException(
          "openPackets() was called on an encoder that has a packetListener; use one of them");
    }
    return open(packetsOnly);
  }

  /**
   * Opens several outputs: encodes once and writes to all of them. Each has a thread and a buffer
   * of its own, and fails by itself; a call that adds something throws the failure of a {@linkplain
   * Output#required required} output, or of the last one that is left. {@link #finish()} and {@link
   * #close()} complete the others first. With one output this is what {@link #openFile}, {@link
   * #openFileLike} and {@link #openPackets} do, and the call that adds something writes.
   *
   * @param first an output
   * @param more others, each with its own file, stream, channel or listener
   * @return this
   * @throws IllegalArgumentException if an option or a combination is not supported, naming the
   *     output; no output has been touched
   * @throws IllegalStateException unless CONFIGURING, or if no stream was added
   * @throws IOException if an output cannot be written or the library fails
   */
  public Encoder open(Output first, Output... more) throws IOException {
    PacketListener listener = settings.packetListener;
    GuardedListener guarded = listener == null ? null : new GuardedListener(listener);
    EncoderOutputs opening = new EncoderOutputs(first, more, settings.outputListener);
    try {
      calls.open(
          backend,
          opening.ends(settings.overwrite),
          guarded,
          settings.deadline,
          settings.timeLimit,
          () -> {
            outputs = opening;
            return request(opening, guarded);
          },
          this::connect);
      return this;
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Checks everything that {@link #open} checks before it touches an output, such as whether the
   * containers hold the streams. The encoder remains CONFIGURING, and no output is touched.
   *
   * @param first an output
   * @param more others, each with its own file, stream, channel or listener
   * @throws IllegalArgumentException if an option or a combination is not supported, naming the
   *     output
   * @throws IllegalStateException unless CONFIGURING, or if no stream was added
   * @throws IOException if an output cannot be written, such as a file in a directory that does not
   *     exist, or the library fails
   */
  public void check(Output first, Output... more) throws IOException {
    EncoderOutputs checked = new EncoderOutputs(first, more, null);
    try {
      calls.check(
          backend,
          checked.ends(settings.overwrite),
          settings.deadline,
          () -> request(checked, null));
    } finally {
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(checked);
    }
  }

  /**
   * Adds an output while the encoder is open. It starts at the next key frame, which it asks the
   * encoders for unless they have {@link VideoOptions.Builder#keyFramesEvery}, at time 0: what was
   * encoded before is not in it. Without video, or once all video has ended, it starts at the next
   * packet. Waits for calls that feed the encoder.
   *
   * @param output the output
   * @return the output's handle
   * @throws IllegalArgumentException if it cannot hold the streams; nothing has been touched
   * @throws IllegalStateException unless OPEN, or if all streams of the output have ended
   * @throws IOException if the output cannot be written or the library fails; the others go on
   */
  public OutputHandle attach(Output output) throws IOException {
    EncoderOutputs current = outputs;
    if (current == null) {
      calls.requireOpen("attach()");
      throw new AssertionError("open without outputs");
    }
    OutputEnd end = output.end(settings.overwrite);
    try {
      return current.attach(
          output,
          (name, attached) ->
              calls.attach(
                  end,
                  settings.deadline,
                  () -> attaching(output, end, current.settings(output, name, false, ids())),
                  attached));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Returns the outputs, in the order opened and attached.
   *
   * @return their handles; empty unless the encoder has been opened
   */
  public List<OutputHandle> outputs() {
    EncoderOutputs current = outputs;
    return current == null ? List.of() : current.handles();
  }

  /**
   * Ends all streams, completes the container and frees the encoder's native memory.
   *
   * @return what was written
   * @throws IllegalStateException unless OPEN
   * @throws IOException if the destination or the library fails; the encoder is then FAILED
   */
  public EncodingResult finish() throws IOException {
    EncodingResult finished;
    try {
      finished = calls.finish();
    } finally {
      Reference.reachabilityFence(this);
    }
    reportProgress();
    return finished;
  }

  /**
   * Returns what was written.
   *
   * @return the result, once the encoder has been finished by {@link #finish()} or {@link #close()}
   */
  public Optional<EncodingResult> result() {
    return state.result();
  }

  /**
   * Cancels the encoding. Returns at once and may be called from any thread. No new native call
   * starts and nothing more is written; a thread blocked inside the destination or a {@link
   * PacketListener} is interrupted, and a file opened by {@code openFile} is deleted, unless it
   * still holds what it held before. Calls in progress end with a {@link CancellationException}.
   * Has no effect on a finished or closed encoder.
   */
  public void cancel() {
    if (state.cancel()) {
      resources.cancel();
    }
  }

  /**
   * Finishes the container unless that has been done, and frees all resources. What was encoded is
   * kept, even if the caller's block ended with an exception. After a failure, completes as much as
   * possible and throws nothing, because the failure has already been thrown. If nothing has been
   * added, nothing is completed where an existing file would be replaced by an empty one: the file
   * remains as it was. Calling it again has no effect.
   *
   * @throws IllegalStateException if called from inside the destination or a {@link PacketListener}
   * @throws CancellationException if canceled while this call completes the container
   * @throws IOException if finishing fails
   */
  @Override
  public void close() throws IOException {
    boolean finished;
    try {
      finished = calls.close();
    } finally {
      if (resources.isDismissed()) {
        cleanable.clean();
      }
    }
    if (finished) {
      reportProgress();
    }
  }

  /** {@code Encoder[OPEN, video 0: 1280x720 at 30, audio 0: 48000 Hz, 2 channels]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Encoder[").append(state);
    state.result().ifPresent(result -> text.append(", ").append(result.container()));
    videos.forEach(stream -> text.append(", ").append(stream));
    audios.forEach(stream -> text.append(", ").append(stream));
    return text.append(']').toString();
  }

  private SessionRequest request(EncoderOutputs opening, @Nullable GuardedListener listener) {
    if (slots().isEmpty()) {
      throw new IllegalStateException(
          "open was called without a stream: call addVideo() or addAudio() first");
    }
    List<OutputRequest> requests = opening.requests(ids(), this::requestOf);
    return new SessionRequest(
        KeyGrid.of(videos, requests),
        audioOptions(),
        packetInfos(),
        subtitleOptions(),
        requests,
        opening.ends(),
        settings.metadata.build(),
        listener,
        settings.interleaveBudget,
        settings.reproducible,
        settings.allowFilterFiles);
  }

  private OutputRequest requestOf(Output output, OutputEnd end, OutputRequest.Settings common) {
    return output.request(end, common, settings.mode, settings.muxerOptions);
  }

  private OutputRequest attaching(Output output, OutputEnd end, OutputRequest.Settings common) {
    OutputRequest request = requestOf(output, end, common);
    KeyGrid.requireClosedGops(videoOptions(), List.of(request));
    return request;
  }

  private List<VideoOptions> videoOptions() {
    List<VideoOptions> options = new ArrayList<>();
    for (VideoStream stream : videos) {
      options.addAll(stream.encoded());
    }
    return options;
  }

  private List<AudioOptions> audioOptions() {
    List<AudioOptions> options = new ArrayList<>();
    for (AudioStream stream : audios) {
      options.add(stream.options());
    }
    return options;
  }

  private List<PacketStreamInfo> packetInfos() {
    List<PacketStreamInfo> infos = new ArrayList<>();
    for (PacketInput stream : packets) {
      infos.add(stream.info());
    }
    return infos;
  }

  private List<SubtitleOptions> subtitleOptions() {
    List<SubtitleOptions> options = new ArrayList<>();
    for (SubtitleStream stream : subtitles) {
      options.add(stream.options());
    }
    return options;
  }

  private StreamIds ids() {
    return new StreamIds(videos, audios, packets, subtitles);
  }

  private void connect(EncodingSession session) {
    for (VideoStream stream : videos) {
      stream.connect(session);
    }
    for (AudioStream stream : audios) {
      stream.connect(session);
    }
    for (PacketInput stream : packets) {
      stream.connect(session);
    }
    for (SubtitleStream stream : subtitles) {
      stream.connect(session);
    }
    Objects.requireNonNull(outputs, "outputs").connect(session, calls::refuseInside);
  }

  /** Always in the same order, in which their locks are taken. */
  private List<StreamSlot> slots() {
    List<StreamSlot> slots = new ArrayList<>();
    for (VideoStream stream : videos) {
      slots.add(stream.slot());
    }
    for (AudioStream stream : audios) {
      slots.add(stream.slot());
    }
    for (PacketInput stream : packets) {
      slots.add(stream.slot());
    }
    for (SubtitleStream stream : subtitles) {
      slots.add(stream.slot());
    }
    return slots;
  }

  void reportProgress() {
    ProgressListener listener = settings.listener;
    if (listener != null) {
      listener.onProgress(resources.progress());
    }
  }

  /** A builder with container-wide settings. Not thread-safe; may build several encoders. */
  public static final class Builder {

    /** 256 MiB. */
    private static final long DEFAULT_BUDGET = 256L << 20;

    private final FileMetadataBuilder metadata;
    private final Map<String, String> muxerOptions = new LinkedHashMap<>();
    private @Nullable ContainerMode mode;
    private @Nullable ProgressListener listener;
    private @Nullable PacketListener packetListener;
    private @Nullable OutputListener outputListener;
    private boolean overwrite = true;
    private long interleaveBudget = DEFAULT_BUDGET;
    private boolean allowFilterFiles;
    private boolean reproducible = true;
    private @Nullable Duration deadline;
    private @Nullable Duration timeLimit;

    private Builder() {
      metadata = new FileMetadataBuilder();
    }

    private Builder(Builder other) {
      metadata = new FileMetadataBuilder(other.metadata);
      muxerOptions.putAll(other.muxerOptions);
      mode = other.mode;
      listener = other.listener;
      packetListener = other.packetListener;
      outputListener = other.outputListener;
      overwrite = other.overwrite;
      interleaveBudget = other.interleaveBudget;
      allowFilterFiles = other.allowFilterFiles;
      reproducible = other.reproducible;
      deadline = other.deadline;
      timeLimit = other.timeLimit;
    }

    /**
     * Adds a tag to the container ({@code title}, {@code artist}, {@code comment}). Names of the
     * user's own are stored too wherever the container can. If it does not store the tag, {@link
     * EncodingResult#notes} says so.
     *
     * @param key the name of the tag, in any case; not {@code creation_time}, see {@link
     *     #creationTime}, and {@code timecode}, see {@link VideoOptions.Builder#timecode}
     * @param value any text without NUL; an empty one writes no tag
     * @return this
     * @throws IllegalArgumentException if the tag is already set to another value, or the text
     *     contains NUL or an unpaired surrogate
     */
    public Builder metadata(String key, String value) {
      metadata.tag(key, value);
      return this;
    }

    /**
     * Sets when the recording was made. MP4, MOV and M4A keep whole seconds. If the container does
     * not store it, {@link EncodingResult#notes} says so. Default: none.
     *
     * @param time from 1970-01-01, since readers of MP4 take earlier times for later ones, to
     *     2040-02-06T06:28:15Z, where the 32 bits of MP4 and MOV end
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder creationTime(Instant time) {
      metadata.creationTime(time);
      return this;
    }

    /**
     * Adds a chapter. It lasts until the next one, the last one to the end of the file. Where
     * chapters are written before that end is known, the last one is stated to last a millisecond:
     * in MP3, in MP4 and MOV unless {@link ContainerMode#PLAIN} or {@link
     * ContainerMode#FAST_START}, and in Matroska without seeking. Chapters are added in order. If
     * the container does not store chapters, {@link EncodingResult#notes} says so.
     *
     * @param start the time from the start of the file, rounded to milliseconds; at most 2^31-1 ms
     * @param title the title, not blank
     * @return this
     * @throws IllegalArgumentException if the start is out of range or not after the previous one
     */
    public Builder chapter(Duration start, String title) {
      metadata.chapter(start, title);
      return this;
    }

    /**
     * Sets the cover image, which players show for the file. A second call replaces the first. A
     * container that stores none is refused when it is opened; the message names those that do.
     *
     * @param pngOrJpeg the bytes of a PNG or JPEG file, at most 16 MiB; copied
     * @return this
     * @throws IllegalArgumentException if the bytes are neither, or have no size
     */
    public Builder cover(byte[] pngOrJpeg) {
      metadata.cover(pngOrJpeg);
      return this;
    }

    /**
     * Attaches a file, for example a font. Matroska (mkv, mka) only: other containers are refused
     * when they are opened.
     *
     * @param name the name of the file
     * @param mimeType its MIME type ({@code font/ttf})
     * @param data its contents, 1 byte to 256 MiB; copied
     * @return this
     * @throws IllegalArgumentException if an argument is out of range, or the name is already used
     */
    public Builder attachment(String name, String mimeType, byte[] data) {
      metadata.attachment(name, mimeType, data);
      return this;
    }

    /**
     * Sets an option of the muxer, by FFmpeg's name; checked when a destination is opened. {@code
     * movflags} are added to those of the {@link ContainerMode}.
     *
     * @param key the name
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if the option is already set to another value
     */
    public Builder muxerOption(String key, String value) {
      Checks.putOnce(muxerOptions, "muxer option", key, value);
      return this;
    }

    /**
     * Sets the layout of the container. Default: {@link ContainerMode#CRASH_SAFE} if the
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
     * Sets a listener that is notified of progress.
     *
     * @param value called after each call that adds something, and once after the encoder has
     *     finished
     * @return this
     */
    public Builder progressListener(ProgressListener value) {
      listener = Objects.requireNonNull(value, "listener");
      return this;
    }

    /**
     * Also delivers every encoded packet to this listener, before it is written to any output, on
     * the thread that feeds the encoder. If it throws, the encoder fails; a listener that fails by
     * itself is an {@link Output#packets}.
     *
     * @param value called for each packet
     * @return this
     */
    public Builder packetListener(PacketListener value) {
      packetListener = Objects.requireNonNull(value, "packetListener");
      return this;
    }

    /**
     * Sets a listener that is told at once when one of several outputs fails, overflows or
     * recovers.
     *
     * @param value the listener
     * @return this
     */
    public Builder outputListener(OutputListener value) {
      outputListener = Objects.requireNonNull(value, "outputListener");
      return this;
    }

    /**
     * Sets whether {@code openFile} replaces an existing file. Default: true.
     *
     * @param value false to refuse existing files
     * @return this
     */
    public Builder overwrite(boolean value) {
      overwrite = value;
      return this;
    }

    /**
     * Sets whether filters may open files, devices and connections, such as the filter {@code
     * movie}. Do not allow it if others write the filters. Default: false, and such filters and
     * options are refused by name.
     *
     * @param value true to allow it
     * @return this
     */
    public Builder allowFilterFiles(boolean value) {
      allowFilterFiles = value;
      return this;
    }

    /**
     * Sets whether the same frames, settings and native libraries give the same bytes: the
     * container gets no random identifiers, no date of its own and no name of the muxer's version.
     * docs/repeatability.md names the encoders for which this holds; a container for which it does
     * not, MXF with several streams, is in the result's notes. Default: true; false writes FFmpeg's
     * identifiers and its {@code encoder} tag.
     *
     * @param value whether files repeat
     * @return this
     */
    public Builder reproducible(boolean value) {
      reproducible = value;
      return this;
    }

    /**
     * Sets how many bytes of encoded packets may wait while one stream is fed and another is not.
     * Beyond that, the adding call fails and names the stream that is waited for. Default: 256 MiB.
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
     * Sets how long one write, seek or flush of a destination may take, or one call of an {@link
     * Output#packets} listener. After that, the thread inside is interrupted, nothing more is
     * written, and the call fails with an {@link java.io.InterruptedIOException} once the
     * destination returns. One of several outputs fails at once, even if its destination never
     * returns; its thread and memory are freed when it does. Default: no limit.
     *
     * @param value the time limit, positive
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
     * Sets how long the whole encoding may take, from the call of {@code open} on. After that the
     * encoder is canceled as by {@link Encoder#cancel}: calls in progress and later ones throw a
     * {@link CancellationException} whose message names this limit, and a file opened by {@code
     * openFile} is deleted. A thread blocked inside the destination or a listener is interrupted;
     * one inside a native call returns when that ends. Has no effect on a finished encoder.
     * Independent of {@link #deadline}, which limits single calls of the destination. Default: no
     * limit.
     *
     * @param value the time limit, positive
     * @return this
     * @throws IllegalArgumentException if not positive
     */
    public Builder timeLimit(Duration value) {
      Objects.requireNonNull(value, "timeLimit");
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("timeLimit " + value + ": must be positive");
      }
      timeLimit = value;
      return this;
    }

    /**
     * Builds the encoder.
     *
     * @return a new encoder, CONFIGURING
     * @throws IllegalStateException if there is no backend on the class path
     */
    public Encoder build() {
      return new Encoder(new Builder(this));
    }
  }
}
