package io.reelmux.cut;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the chunks of a plan, without encoding them again, with audio beside them.
 *
 * <pre>{@code
 * Joiner joiner = Joiner.of(plan).audio(audioResult);
 * results.forEach(joiner::chunk);
 * joiner.join(Output.file(Path.of("talk.mp4")));
 * }</pre>
 *
 * <p>Before an output is touched, all chunks are read and checked: that each is there once, has the
 * bytes that were encoded and as many packets as frames, begins with a key frame, and has the
 * codec, size, colors, parameter sets, settings and native library of the others. So is audio of
 * which the result is given. What is written is compared once more with what was checked. Frame n
 * of the video is then shown at n / frameRate, whatever the times in the chunks' files.
 *
 * <p>Used by one thread; {@link #cancel} may be called by any.
 */
public final class Joiner {
  private final CutPlan plan;
  private final Map<Integer, ChunkResult> results = new TreeMap<>();
  private final Map<Integer, SourceOpener> sources = new TreeMap<>();
  private final Object monitor = new Object();
  private final List<Path> inputs = new ArrayList<>();
  private @Nullable SourceOpener audio;

  /** What the audio must be, if that is known. */
  private @Nullable AudioResult audioResult;

  private Consumer<Encoder.Builder> encoder = settings -> {};
  private LongConsumer progress = frames -> {};
  private @Nullable Encoder running;
  private boolean canceled;

  private Joiner(CutPlan plan) {
    this.plan = plan;
  }

  /**
   * Returns a joiner.
   *
   * @param plan the plan of the chunks
   * @return a joiner without chunks
   */
  public static Joiner of(CutPlan plan) {
    return new Joiner(Objects.requireNonNull(plan, "plan"));
  }

  /**
   * Adds a chunk whose location is a file of this machine. Chunks may be added in any order.
   *
   * @param result what was encoded
   * @return this
   * @throws IllegalArgumentException if the chunk is not of the plan or its video, has been added
   *     already, or was encoded with other settings or another native library
   */
  public Joiner chunk(ChunkResult result) {
    Path file = Path.of(result.location());
    chunk(result, SourceOpener.of(file));
    inputs.add(file);
    return this;
  }

  /**
   * Adds a chunk. Chunks may be added in any order.
   *
   * @param result what was encoded
   * @param source opens its bytes; called twice, for checking and for joining
   * @return this
   * @throws IllegalArgumentException if the chunk is not of the plan or its video, has been added
   *     already, or was encoded with other settings or another native library
   */
  public Joiner chunk(ChunkResult result, SourceOpener source) {
    Objects.requireNonNull(source, "source");
    Chunk chunk = result.chunk();
    plan.requireOwn(chunk);
    String settings = Forms.differences(result.settings(), plan.settings());
    if (!settings.isEmpty()) {
      throw new IllegalArgumentException(
          chunk + " was encoded with other settings than the plan's: " + settings);
    }
    requireSource(result);
    if (!result.backend().equals(plan.backend())) {
      throw new IllegalArgumentException(
          chunk + " was encoded with " + result.backend() + " instead of " + plan.backend());
    }
    if (results.containsKey(chunk.index())) {
      throw new IllegalArgumentException(
          chunk
              + " is added twice: from "
              + results.get(chunk.index()).location()
              + " and from "
              + result.location());
    }
    results.put(chunk.index(), result);
    sources.put(chunk.index(), source);
    return this;
  }

  /** Chunks of one video, that of the plan if it is for one. */
  private void requireSource(ChunkResult result) {
    String expected =
        plan.source().isEmpty()
            ? results.values().stream().map(ChunkResult::source).findFirst().orElse(result.source())
            : plan.source();
    if (!result.source().equals(expected)) {
      throw new IllegalArgumentException(
          result.chunk()
              + " is of another video: "
              + named(result.source())
              + " instead of "
              + named(expected));
    }
  }

  private static String named(String source) {
    return source.isEmpty() ? "(not known)" : source;
  }

  /**
   * Sets the audio: all audio streams of a file, which are copied. If the file has video as well,
   * such as that which the frames come from, audio remains with it; otherwise it begins with the
   * video. Default: none.
   *
   * @param file a media file, which is not checked: give the result of an {@link AudioEncoder}
   *     instead
   * @return this
   */
  public Joiner audio(Path file) {
    audio(SourceOpener.of(file));
    inputs.add(file);
    return this;
  }

  /**
   * Sets the audio, as {@link #audio(Path)}.
   *
   * @param source opens a media file
   * @return this
   */
  public Joiner audio(SourceOpener source) {
    audio = Objects.requireNonNull(source, "source");
    audioResult = null;
    return this;
  }

  /**
   * Sets the audio: what an {@link AudioEncoder} has made, in a file of this machine. Its notes
   * become those of the joined video.
   *
   * @param result what was encoded
   * @return this
   */
  public Joiner audio(AudioResult result) {
    Path file = Path.of(result.location());
    audio(result, SourceOpener.of(file));
    inputs.add(file);
    return this;
  }

  /**
   * Sets the audio, as {@link #audio(AudioResult)}.
   *
   * @param result what was encoded
   * @param source opens its bytes; called twice, for checking and for joining
   * @return this
   */
  public Joiner audio(AudioResult result, SourceOpener source) {
    Objects.requireNonNull(result, "result");
    audio(source);
    audioResult = result;
    return this;
  }

  /**
   * Sets what concerns the whole output, such as the kind of container, tags and chapters.
   *
   * @param change changes the settings
   * @return this
   */
  public Joiner encoder(Consumer<Encoder.Builder> change) {
    encoder = Objects.requireNonNull(change, "change");
    return this;
  }

  /**
   * Sets who is told about progress.
   *
   * @param listener called after each frame that has been written, with their number
   * @return this
   */
  public Joiner progress(LongConsumer listener) {
    progress = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Checks the chunks and the audio, and writes the video. A file is deleted if that fails.
   *
   * @param output a file, a stream, segments, or any other output
   * @param more other outputs, which are written at once
   * @return what was written, with the notes of the chunks and the audio as well
   * @throws IllegalStateException if a chunk is missing
   * @throws IllegalArgumentException if the output cannot hold the streams, or is one of the files
   *     that are read
   * @throws CutException if a chunk or the audio is not what its result says, or a chunk does not
   *     fit the others; no output has been touched
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if a chunk, the audio or an output fails; their exceptions are thrown
   *     unchanged
   */
  public EncodingResult join(Output output, Output... more) throws IOException {
    Objects.requireNonNull(output, "output");
    Inputs.requireOthers(inputs, output, more);
    ChunkChecks chunks = checked();
    Encoder.Builder settings = Encoder.builder();
    encoder.accept(settings);
    try (Encoder out = settings.build()) {
      boolean complete = false;
      try {
        started(out);
        EncodingResult result = write(chunks, out, output, more);
        complete = true;
        return ResultNotes.with(result, notes(result));
      } finally {
        if (!complete) {
          // close() would complete the file, and it would look whole
          out.cancel();
        }
      }
    }
  }

  private List<String> notes(EncodingResult joined) {
    List<String> notes = new ArrayList<>();
    results.values().forEach(chunk -> notes.addAll(chunk.notes()));
    if (audioResult != null) {
      notes.addAll(audioResult.notes());
    }
    notes.addAll(joined.notes());
    return notes;
  }

  private EncodingResult write(ChunkChecks chunks, Encoder out, Output output, Output... more)
      throws IOException {
    SourceOpener source = audio;
    if (source == null) {
      return new Joining(plan, chunks, out, null, progress).write(output, more);
    }
    try (AudioCopy copy = AudioCopy.open(source)) {
      return new Joining(plan, chunks, out, copy, progress).write(output, more);
    }
  }

  /**
   * Checks the chunks and the audio without writing anything, as {@link #join} does at first.
   *
   * @throws IllegalStateException if a chunk is missing
   * @throws CutException if a chunk or the audio is not what its result says, or a chunk does not
   *     fit the others
   * @throws CancellationException if {@link #cancel} has been called
   * @throws IOException if a chunk or the audio cannot be read
   */
  public void check() throws IOException {
    checked();
  }

  private ChunkChecks checked() throws IOException {
    for (Chunk chunk : plan.chunks()) {
      if (!results.containsKey(chunk.index())) {
        throw new IllegalStateException(
            chunk
                + " is missing: "
                + results.size()
                + " of "
                + plan.chunks().size()
                + " chunks have been added");
      }
    }
    ChunkChecks chunks = ChunkChecks.of(plan, results, sources, this::requireRunning);
    requireRunning();
    checkAudio();
    return chunks;
  }

  private void checkAudio() throws IOException {
    AudioResult result = audioResult;
    SourceOpener source = audio;
    if (result == null || source == null) {
      return;
    }
    String sum = Sha256.of(source);
    if (!sum.equals(result.sha256())) {
      throw new CutException(
          "audio: " + Sha256.difference(result.location(), sum, result.sha256()));
    }
  }

  private void requireRunning() {
    synchronized (monitor) {
      if (canceled) {
        throw new CancellationException("join(): the joiner has been canceled");
      }
    }
  }

  private void started(Encoder out) {
    synchronized (monitor) {
      running = out;
      requireRunning();
    }
  }

  /**
   * Ends {@link #join} with a {@link CancellationException}, from any thread. Returns at once; a
   * chunk that is being checked is read to its end.
   */
  public void cancel() {
    Encoder out;
    synchronized (monitor) {
      canceled = true;
      out = running;
    }
    if (out != null) {
      out.cancel();
    }
  }

  /** {@code Joiner of 59 of 60 chunks}. */
  @Override
  public String toString() {
    return "Joiner of " + results.size() + " of " + plan.chunks().size() + " chunks";
  }
}
