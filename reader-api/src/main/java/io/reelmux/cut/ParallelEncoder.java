package io.reelmux.cut;

import io.reelmux.AudioOptions;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one long video in chunks on several threads of this machine, and joins them without
 * encoding them again:
 *
 * <pre>{@code
 * Path input = Path.of("talk.mov");
 * FileFrames frames = FileFrames.of(input);
 * CutPlan plan =
 *     CutPlan.of(
 *         frames.encoding().codec("h264").crf(23).keyFramesEvery(Duration.ofSeconds(2)).build(),
 *         frames.frames(),
 *         Duration.ofSeconds(10));
 * ParallelEncoder.of(plan, frames).copyAudio(input).encode(Output.file(Path.of("talk.mp4")));
 * }</pre>
 *
 * <p>Chunks are kept in a directory of its own until they are joined, which is deleted in any case.
 * The first failure ends all other work and is thrown as it is.
 *
 * <p>Built and used by one thread, once; {@link #cancel} may be called by any.
 */
public final class ParallelEncoder {
  private static final int MAX_WORKERS = 1024;

  private final CutPlan plan;
  private final FrameSource frames;
  private final Object monitor = new Object();
  private int workers = Runtime.getRuntime().availableProcessors();
  private Path parent = Path.of(System.getProperty("java.io.tmpdir", "."));
  private Consumer<Encoder.Builder> encoder = settings -> {};
  private Consumer<CutProgress> progress = now -> {};
  private @Nullable AudioEncoder audio;
  private @Nullable Path copiedAudio;
  private @Nullable Workers running;
  private @Nullable Joiner joining;
  private boolean started;
  private boolean canceled;

  private ParallelEncoder(CutPlan plan, FrameSource frames) {
    this.plan = plan;
    this.frames = frames;
  }

  /**
   * Returns an encoder for one video.
   *
   * @param plan the chunks and settings
   * @param frames the frames, which several threads ask for at once
   * @return an encoder without audio, with as many workers as there are processors
   * @throws IllegalArgumentException if the plan is for another video than that of the frames
   */
  public static ParallelEncoder of(CutPlan plan, FrameSource frames) {
    return new ParallelEncoder(plan.forFrames(frames), frames);
  }

  /**
   * Adds audio, which is encoded in one piece while the chunks are.
   *
   * @param options the settings, with a codec that the output holds; AAC if none is set
   * @param source the samples
   * @return this
   * @throws IllegalStateException if audio has been set already
   */
  public ParallelEncoder audio(AudioOptions options, AudioSource source) {
    requireNoAudio();
    audio = AudioEncoder.of(options, source);
    return this;
  }

  /**
   * Adds all audio streams of a file, whose packets are copied. They remain with the video of the
   * file, if it has any.
   *
   * @param file a media file, such as that of the frames
   * @return this
   * @throws IllegalStateException if audio has been set already
   */
  public ParallelEncoder copyAudio(Path file) {
    requireNoAudio();
    copiedAudio = Objects.requireNonNull(file, "file");
    return this;
  }

  private void requireNoAudio() {
    if (audio != null || copiedAudio != null) {
      throw new IllegalStateException("audio is set twice: call audio() or copyAudio() once");
    }
  }

  /**
   * Sets how many chunks are encoded at once, each by the number of threads of the plan's settings,
   * which is 1 by default. Each needs the memory of an encoder: about 200 MB at 1280x720 with
   * libx264 and its default preset, 400 MB at 1920x1080.
   *
   * @param count 1 to 1024; the number of processors by default
   * @return this
   * @throws IllegalArgumentException if out of range
   */
  public ParallelEncoder workers(int count) {
    if (count < 1 || count > MAX_WORKERS) {
      throw new IllegalArgumentException("workers " + count + ": must be 1 to " + MAX_WORKERS);
    }
    workers = count;
    return this;
  }

  /**
   * Sets where the directory for the chunks is created. It needs as much space as the output.
   *
   * @param directory an existing directory; that of the system for temporary files by default
   * @return this
   */
  public ParallelEncoder temporaryDirectory(Path directory) {
    parent = Objects.requireNonNull(directory, "directory");
    return this;
  }

  /**
   * Sets what concerns the whole output, such as the kind of container, tags and chapters.
   *
   * @param change changes the settings
   * @return this
   */
  public ParallelEncoder encoder(Consumer<Encoder.Builder> change) {
    encoder = Objects.requireNonNull(change, "change");
    return this;
  }

  /**
   * Sets who is told about progress.
   *
   * @param listener called after each frame, by the threads that encode, one call at a time; an
   *     exception ends the encoding and is thrown
   * @return this
   */
  public ParallelEncoder progress(Consumer<CutProgress> listener) {
    progress = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Encodes the video. A file is deleted if that fails.
   *
   * @param output a file, a stream, segments, or any other output
   * @param more other outputs, which are written at once
   * @return what was written
   * @throws IllegalStateException if it has been called before
   * @throws IllegalArgumentException if a setting is not possible, the output cannot hold the
   *     streams, or it is a file that is read
   * @throws CancellationException if {@link #cancel} has been called
   * @throws java.io.InterruptedIOException if the calling thread is interrupted
   * @throws IOException if the frames, encoding or an output fails; their exceptions are thrown
   *     unchanged
   */
  public EncodingResult encode(Output output, Output... more) throws IOException {
    Objects.requireNonNull(output, "output");
    if (!Files.isDirectory(parent)) {
      throw new IllegalArgumentException("temporaryDirectory " + parent + ": must be a directory");
    }
    start();
    check(output, more);
    TemporaryDirectory directory = TemporaryDirectory.in(parent);
    EncodingResult result;
    try {
      result = encode(directory, output, more);
    } catch (IOException | RuntimeException | Error e) {
      try {
        directory.delete();
      } catch (IOException notDeleted) {
        e.addSuppressed(notDeleted);
      }
      throw e;
    }
    try {
      directory.delete();
      return result;
    } catch (IOException e) {
      return noted(result, "temporary files are left in " + directory + ": " + e);
    }
  }

  /** Asks the output whether it holds the streams, before all of the work. */
  private void check(Output output, Output... more) throws IOException {
    List<Path> inputs = new ArrayList<>();
    if (frames instanceof FileFrames read) {
      inputs.add(read.file());
    }
    if (copiedAudio != null) {
      inputs.add(copiedAudio);
    }
    Inputs.requireOthers(inputs, output, more);
    Encoder.Builder settings = Encoder.builder();
    encoder.accept(settings);
    try (Encoder checked = settings.build();
        AudioCopy copy =
            copiedAudio == null ? null : AudioCopy.open(SourceOpener.of(copiedAudio))) {
      checked.addVideo(plan.video());
      if (audio != null) {
        checked.addAudio(audio.options());
      }
      if (copy != null) {
        copy.addTo(checked);
      }
      checked.check(output, more);
    }
  }

  private static EncodingResult noted(EncodingResult result, String note) {
    List<String> notes = new ArrayList<>(result.notes());
    notes.add(note);
    return ResultNotes.with(result, notes);
  }

  private EncodingResult encode(TemporaryDirectory directory, Output output, Output... more)
      throws IOException {
    ProgressCount count = new ProgressCount(plan, progress);
    Joiner joiner = Joiner.of(plan).encoder(encoder).progress(count::joined);
    Workers pool = new Workers(plan, frames, directory, count);
    synchronized (monitor) {
      requireRunning();
      running = pool;
      joining = joiner;
    }
    pool.encode(workers, audio, directory.file("audio")).forEach(part -> part.accept(joiner));
    if (copiedAudio != null) {
      joiner.audio(copiedAudio);
    }
    return joiner.join(output, more);
  }

  private void start() {
    synchronized (monitor) {
      if (started) {
        throw new IllegalStateException(
            "encode() was called before: create another ParallelEncoder");
      }
      started = true;
      requireRunning();
    }
  }

  private void requireRunning() {
    if (canceled) {
      throw new CancellationException("encode(): the encoder has been canceled");
    }
  }

  /**
   * Ends {@link #encode} with a {@link CancellationException}, from any thread. Returns at once.
   */
  public void cancel() {
    Workers pool;
    Joiner joiner;
    synchronized (monitor) {
      canceled = true;
      pool = running;
      joiner = joining;
    }
    if (pool != null) {
      pool.cancel();
    }
    if (joiner != null) {
      joiner.cancel();
    }
  }

  /** {@code ParallelEncoder of 14400 frames in 60 chunks, 1280x720 at 24, libx264}. */
  @Override
  public String toString() {
    return "ParallelEncoder of " + plan;
  }
}
