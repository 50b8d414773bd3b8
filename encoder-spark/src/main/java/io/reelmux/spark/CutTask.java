package io.reelmux.spark;

import io.reelmux.cut.AudioEncoder;
import io.reelmux.cut.AudioResult;
import io.reelmux.cut.ChunkEncoder;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.spark.internal.KillWatch;
import io.reelmux.spark.internal.ObjectBytes;
import io.reelmux.spark.internal.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a chunk, or the audio, on an executor. The file is named by the attempt of the task,
 * whose number no other attempt has.
 */
final class CutTask implements Function<Integer, byte[]> {
  private static final long serialVersionUID = 1;

  /** Stands for the audio among the indices of chunks. */
  static final int AUDIO = -1;

  private final CutPlan plan;
  private final FrameSource frames;
  private final @Nullable CutAudio audio;
  private final String directory;
  private final Broadcast<SerializableConfiguration> configuration;
  private final CutMetrics metrics;

  CutTask(
      CutPlan plan,
      FrameSource frames,
      @Nullable CutAudio audio,
      String directory,
      Broadcast<SerializableConfiguration> configuration,
      CutMetrics metrics) {
    this.plan = plan;
    this.frames = frames;
    this.audio = audio;
    this.directory = directory;
    this.configuration = configuration;
    this.metrics = metrics;
  }

  /** Returns a {@link CutPart}. */
  @Override
  public byte[] call(Integer index) throws Exception {
    TaskContext context = TaskContext.get();
    Path local = Files.createTempFile("reelmux-cut", ".mp4");
    try (KillWatch watch = KillWatch.of(context)) {
      long start = System.nanoTime();
      String part = index == AUDIO ? "audio" : String.format(Locale.ROOT, "chunk-%06d", index);
      String name = part + "-" + context.taskAttemptId() + ".mp4";
      CutPart done =
          index == AUDIO
              ? audio(local, name, watch, start)
              : chunk(index, local, name, watch, start);
      metrics.add(done);
      return ObjectBytes.of(done);
    } catch (Exception e) {
      if (context.isInterrupted()) {
        TaskKilledException killed = new TaskKilledException("the task was killed: " + e);
        killed.initCause(e);
        throw killed;
      }
      throw e;
    } finally {
      Files.deleteIfExists(local);
    }
  }

  private CutPart chunk(int index, Path local, String name, KillWatch watch, long start)
      throws IOException {
    ChunkEncoder encoder = ChunkEncoder.of(plan, frames);
    watch.begin(encoder::cancel);
    var encoded = encoder.encode(plan.chunks().get(index), local);
    watch.end();
    return new CutPart(encoded.withLocation(store(local, name)), null, since(start));
  }

  private CutPart audio(Path local, String name, KillWatch watch, long start) throws IOException {
    if (audio == null) {
      throw new AssertionError("a task for audio, and none is to be encoded");
    }
    AudioEncoder encoder = AudioEncoder.of(audio.options(), audio.source());
    watch.begin(encoder::cancel);
    AudioResult encoded = encoder.encode(local);
    watch.end();
    return new CutPart(null, encoded.withLocation(store(local, name)), since(start));
  }

  private String store(Path local, String name) throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(directory, name);
    StoredFile.copy(local, target, configuration.value().value());
    return target.toString();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
