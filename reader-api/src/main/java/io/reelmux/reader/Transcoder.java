package io.reelmux.reader;

import io.reelmux.AudioOptions;
import io.reelmux.Device;
import io.reelmux.Encoder;
import io.reelmux.PacketStreamInfo;
import io.reelmux.ProgressListener;
import io.reelmux.VideoOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a media file again, as a whole or in part.
 *
 * <pre>{@code
 * TranscodeResult done = Transcoder.of(Path.of("in.mov"))
 *     .video(VideoOutput.source().size(640, 360, Fit.CONTAIN))
 *     .video(options -> options.quality(Quality.HIGH))
 *     .copyAudio()
 *     .trim(Duration.ofSeconds(3), Duration.ofSeconds(8))
 *     .toFile(Path.of("out.mp4"));
 * }</pre>
 *
 * <p>Frames keep their times, from the start of the input or of the part; the streams' languages,
 * titles, tags and dispositions, and the file's tags and chapters, are taken over. Built and used
 * by one thread; {@link #cancel} may be called by any.
 */
public final class Transcoder {
  /** Containers with edit lists. */
  private static final Pattern HIDING = Pattern.compile("(?i)\\.(mp4|m4v|mov|m4a)$");

  private final @Nullable Path path;
  private final @Nullable ByteSource source;
  private final Cancellation cancellation = new Cancellation();

  private Limits limits = Limits.DEFAULT;
  private Predicate<StreamInfo> streams = stream -> !(stream instanceof OtherInfo);
  private VideoOutput videoOutput = VideoOutput.source();
  private AudioOutput audioOutput = AudioOutput.source();
  private Consumer<VideoOptions.Builder> videoOptions = options -> {};
  private Consumer<AudioOptions.Builder> audioOptions = options -> {};
  private Consumer<Encoder.Builder> encoder = settings -> {};
  private @Nullable Device device;
  private boolean fallbackToCpu;
  private boolean copyVideo;
  private boolean copyAudio;
  private boolean changesVideo;
  private boolean changesAudio;
  private boolean changesCopied;
  private Consumer<PacketStreamInfo.Builder> copied = packets -> {};
  private @Nullable Duration from;
  private @Nullable Duration to;

  private Transcoder(@Nullable Path path, @Nullable ByteSource source) {
    this.path = path;
    this.source = source;
  }

  /**
   * Returns a transcoder of a file.
   *
   * @param input a regular file
   * @return a transcoder that encodes all video and audio streams
   */
  public static Transcoder of(Path input) {
    return new Transcoder(Objects.requireNonNull(input, "input"), null);
  }

  /**
   * Returns a transcoder of a source.
   *
   * @param input remains the caller's; it is not closed
   * @return a transcoder that encodes all video and audio streams
   */
  public static Transcoder of(ByteSource input) {
    return new Transcoder(null, Objects.requireNonNull(input, "input"));
  }

  /**
   * Sets what the input may cost.
   *
   * @param value {@link Limits#DEFAULT} by default
   * @return this
   */
  public Transcoder limits(Limits value) {
    limits = Objects.requireNonNull(value, "limits");
    return this;
  }

  /**
   * Chooses streams of the input. All video and audio streams by default; streams of other kinds
   * are not supported, and {@link TranscodeResult#notes} names those that are left out.
   *
   * @param wanted true for the streams that are encoded or copied
   * @return this
   */
  public Transcoder streams(Predicate<StreamInfo> wanted) {
    streams = Objects.requireNonNull(wanted, "wanted");
    return this;
  }

  /**
   * Sets which frames are encoded: size, part, filter, frame rate.
   *
   * @param output {@link VideoOutput#source} by default
   * @return this
   */
  public Transcoder video(VideoOutput output) {
    videoOutput = Objects.requireNonNull(output, "output");
    changesVideo = true;
    return this;
  }

  /**
   * Sets how frames are encoded.
   *
   * @param change changes the options of each video stream, which begin as {@link
   *     VideoReader#encoding} returns them
   * @return this
   */
  public Transcoder video(Consumer<VideoOptions.Builder> change) {
    videoOptions = Objects.requireNonNull(change, "change");
    changesVideo = true;
    return this;
  }

  /**
   * Sets which samples are encoded: rate and channels.
   *
   * @param output {@link AudioOutput#source} by default
   * @return this
   */
  public Transcoder audio(AudioOutput output) {
    audioOutput = Objects.requireNonNull(output, "output");
    changesAudio = true;
    return this;
  }

  /**
   * Sets how samples are encoded.
   *
   * @param change changes the options of each audio stream, which begin as {@link
   *     AudioReader#encoding} returns them
   * @return this
   */
  public Transcoder audio(Consumer<AudioOptions.Builder> change) {
    audioOptions = Objects.requireNonNull(change, "change");
    changesAudio = true;
    return this;
  }

  /**
   * Sets what concerns the whole output, such as the kind of container. The tags and chapters of
   * the input have been set already.
   *
   * @param change changes the settings
   * @return this
   */
  public Transcoder encoder(Consumer<Encoder.Builder> change) {
    encoder = Objects.requireNonNull(change, "change");
    return this;
  }

  /**
   * Sets who is told about progress.
   *
   * @param listener called after each frame and each group of samples
   * @return this
   */
  public Transcoder progress(ProgressListener listener) {
    Objects.requireNonNull(listener, "listener");
    return encoder(encoder.andThen(settings -> settings.progressListener(listener)));
  }

  /**
   * Chooses where video is decoded and encoded. On a GPU, frames stay in its memory unless
   * something is asked for that is done on the CPU, such as another size or a filter; {@link
   * TranscodeResult#notes} then says so. Takes the place of {@link VideoOutput#device}; {@link
   * #video(Consumer)} can set another device for the encoder.
   *
   * @param value {@link Device#cpu} by default
   * @return this
   */
  public Transcoder device(Device value) {
    device = Objects.requireNonNull(value, "device");
    return this;
  }

  /**
   * Sets whether the CPU does what the {@link #device} cannot: decode, encode, or both. The notes
   * of the streams' {@link ReadReport} and of {@link io.reelmux.EncodingResult} then say so.
   *
   * @param value false by default: {@link #toFile} fails
   * @return this
   */
  public Transcoder fallbackToCpu(boolean value) {
    fallbackToCpu = value;
    return this;
  }

  /**
   * Copies the packets of video streams instead of encoding them again. If there are none, {@link
   * TranscodeResult#notes} says so.
   *
   * @return this
   */
  public Transcoder copyVideo() {
    copyVideo = true;
    return this;
  }

  /**
   * Copies the packets of audio streams instead of encoding them again. If the input is trimmed,
   * audio is cut between packets, some 20 ms apart. {@link TranscodeResult#notes} says so, and
   * whether there was no audio.
   *
   * @return this
   */
  public Transcoder copyAudio() {
    copyAudio = true;
    return this;
  }

  /**
   * Sets what is stated of the streams that are copied, such as their language, or of video the
   * {@linkplain PacketStreamInfo.Builder#rotation rotation}. If none is copied, {@link
   * TranscodeResult#notes} says so.
   *
   * @param change changes the description of each of them, whose {@link
   *     PacketStreamInfo.Builder#kind} it can ask for
   * @return this
   */
  public Transcoder copied(Consumer<PacketStreamInfo.Builder> change) {
    copied = Objects.requireNonNull(change, "change");
    changesCopied = true;
    return this;
  }

  /**
   * Encodes a part of the input: the frame that is shown at its start, all frames and samples until
   * its end, and of the last frame what is shown before it.
   *
   * @param start the time from the start of the input, not negative
   * @param end a later time
   * @return this
   * @throws IllegalArgumentException if {@code start} is negative, or {@code end} is not after it
   */
  public Transcoder trim(Duration start, Duration end) {
    if (start.isNegative()) {
      throw new IllegalArgumentException("start " + start + ": must not be negative");
    }
    if (end.compareTo(start) <= 0) {
      throw new IllegalArgumentException("end " + end + ": must be after start " + start);
    }
    from = start;
    to = end;
    return this;
  }

  /**
   * Transcodes into a file, which is deleted if that fails, unless nothing has been written over
   * what it held before.
   *
   * @param output the file; its extension chooses the container
   * @return what was done
   * @throws IllegalStateException if it has been called before, video is to be copied and trimmed,
   *     or streams are to be copied and changed by {@code video} or {@code audio}
   * @throws IllegalArgumentException if a setting is not possible for the input or the container,
   *     or the file is the input, also by a link
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if reading or encoding fails
   */
  public TranscodeResult toFile(Path output) throws IOException {
    Objects.requireNonNull(output, "output");
    requireReady();
    TranscodeRules.requireOther(path, output);
    boolean hides = HIDING.matcher(output.toString()).find();
    return run(out -> out.openFile(output), output.toString(), hides);
  }

  /**
   * Transcodes into a stream while the input is read, such as the response of a server: as {@link
   * Encoder#openFileLike(OutputStream, String)} does. If that fails, what was written remains.
   *
   * @param stream receives the bytes in order; it is not closed. Its own exceptions are thrown
   *     unchanged
   * @param format the container, such as {@code mp4}
   * @return what was done
   * @throws IllegalStateException as {@link #toFile} does
   * @throws IllegalArgumentException if a setting is not possible for the input or the container;
   *     nothing has been written
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if reading, encoding or the stream fails
   */
  public TranscodeResult toFileLike(OutputStream stream, String format) throws IOException {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(format, "format");
    requireReady();
    return run(out -> out.openFileLike(stream, format), format, /* hides= */ false);
  }

  private void requireReady() {
    TranscodeRules.requireCopyable("Video", copyVideo, changesVideo);
    TranscodeRules.requireCopyable("Audio", copyAudio, changesAudio);
    if (copyVideo && from != null) {
      throw new IllegalStateException(
          "trim contradicts copyVideo: packets can be cut at key frames only; encode the video");
    }
    if (cancellation.hasStarted()) {
      throw new IllegalStateException("the transcoder has run before: create another");
    }
  }

  private TranscodeResult run(Transcoding.Destination output, String container, boolean hides)
      throws IOException {
    MediaReader.Builder settings = MediaReader.builder().limits(limits);
    try (MediaReader in =
        path != null ? settings.open(path) : settings.open(Objects.requireNonNull(source))) {
      cancellation.started(in);
      return new Transcoding(this, in).run(output, container, hides);
    }
  }

  /** Called before the encoder is opened: cancel() must find it. */
  void started(Encoder out) {
    cancellation.started(out);
  }

  /**
   * Ends {@link #toFile} and {@link #toFileLike} with a {@link CancellationException}, from any
   * thread. An interrupt, such as that of {@link java.util.concurrent.Future#cancel
   * Future.cancel(true)}, does not end them.
   */
  public void cancel() {
    cancellation.cancel();
  }

  boolean wants(StreamInfo stream) {
    return streams.test(stream);
  }

  boolean copies(StreamInfo stream) {
    return stream instanceof VideoInfo ? copyVideo : copyAudio;
  }

  /** What has been asked for of streams that are copied, although there is none. */
  List<String> inVain(Set<StreamInfo> copies) {
    List<String> notes = new ArrayList<>();
    if (copyVideo && copies.stream().noneMatch(VideoInfo.class::isInstance)) {
      notes.add("copyVideo: there was no video stream to copy");
    }
    if (copyAudio && copies.stream().noneMatch(AudioInfo.class::isInstance)) {
      notes.add("copyAudio: there was no audio stream to copy");
    }
    if (changesCopied && copies.isEmpty()) {
      notes.add("copied(...) has changed nothing: no stream was copied");
    }
    return notes;
  }

  VideoOutput videoOutput() {
    return device == null ? videoOutput : videoOutput.device(device).fallbackToCpu(fallbackToCpu);
  }

  AudioOutput audioOutput() {
    return audioOutput;
  }

  PacketStreamInfo change(PacketStreamInfo packets) {
    PacketStreamInfo.Builder builder = packets.toBuilder();
    copied.accept(builder);
    return builder.build();
  }

  VideoOptions change(VideoOptions.Builder options) {
    if (device != null) {
      options.device(device).fallbackToCpu(fallbackToCpu);
    }
    videoOptions.accept(options);
    return options.build();
  }

  AudioOptions change(AudioOptions.Builder options) {
    audioOptions.accept(options);
    return options.build();
  }

  Encoder encoder(Encoder.Builder settings) {
    encoder.accept(settings);
    return settings.build();
  }

  @Nullable Duration from() {
    return from;
  }

  @Nullable Duration to() {
    return to;
  }

  /** {@code Transcoder of in.mov, PT3S to PT8S}. */
  @Override
  public String toString() {
    return "Transcoder of "
        + (path != null ? path : source)
        + (from == null ? "" : ", " + from + " to " + to);
  }
}
