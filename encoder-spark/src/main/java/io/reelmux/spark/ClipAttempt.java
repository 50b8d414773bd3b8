package io.reelmux.spark;

import static java.util.stream.Collectors.joining;

import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import io.reelmux.reader.TranscodeResult;
import io.reelmux.reader.Transcoder;
import io.reelmux.spark.internal.KillWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/** One attempt to encode a clip into a local file. Used by one thread. */
final class ClipAttempt implements ClipOutput, AutoCloseable {
  private final Path file;
  private final KillWatch watch;
  private final int cpus;
  private final Configuration hadoop;
  private final List<String> notes = new ArrayList<>();
  private boolean opened;
  private @Nullable Encoder encoder;
  private @Nullable EncodingResult result;

  ClipAttempt(Path file, TaskContext context, KillWatch watch, Configuration hadoop) {
    this.file = file;
    this.watch = watch;
    this.cpus = context.cpus();
    this.hadoop = hadoop;
  }

  @Override
  public Encoder open(Encoder configured) throws IOException {
    requireFirst();
    encoder = configured;
    watch.begin(configured::cancel);
    return configured.openFile(file);
  }

  @Override
  public TranscodeResult transcode(Transcoder transcoder) throws IOException {
    requireFirst();
    watch.begin(transcoder::cancel);
    TranscodeResult done = transcoder.toFile(file);
    result = done.encoding();
    notes.addAll(done.notes());
    done.reports().forEach(report -> notes.addAll(report.notes()));
    return done;
  }

  private void requireFirst() {
    if (opened) {
      throw new IllegalStateException("the clip has been opened before: one file holds one clip");
    }
    opened = true;
  }

  @Override
  public int cpus() {
    return cpus;
  }

  @Override
  public Configuration hadoop() {
    return hadoop;
  }

  /** Completes the file, unless the program has done so. */
  EncodingResult finish() throws IOException {
    if (!opened) {
      throw new IllegalStateException(
          "the ClipEncoder returned without having opened its output: call open() or transcode()");
    }
    if (encoder != null) {
      encoder.close();
      result = encoder.result().orElse(null);
    }
    if (result == null) {
      throw new IOException("the clip was not completed: an earlier failure ended its encoder");
    }
    notes.addAll(result.notes());
    return result;
  }

  /** Returns what was encoded; {@link #finish} has been called. */
  ClipResult result(String name, String path, long bytes, String sha256, double seconds) {
    EncodingResult encoded = Objects.requireNonNull(result, "result");
    List<StreamResult> streams = encoded.streams();
    return new ClipResult(
        name,
        path,
        bytes,
        streams.stream()
            .filter(stream -> stream.kind() == StreamKind.VIDEO)
            .mapToLong(StreamResult::packets)
            .sum(),
        encoded.duration(),
        streams.stream().map(StreamResult::codec).collect(joining(", ")),
        sha256,
        seconds,
        encoded.backend(),
        notes,
        null);
  }

  /** Frees the encoder; if it has not been finished, what it has written is of no use. */
  @Override
  public void close() throws IOException {
    watch.end();
    if (encoder != null) {
      encoder.cancel();
      encoder.close();
    }
  }
}
