package io.reelmux.spark;

import io.reelmux.spark.internal.KillWatch;
import io.reelmux.spark.internal.ObjectBytes;
import io.reelmux.spark.internal.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Encodes the clips of a partition, on an executor. The files are named by the attempt of the task,
 * whose number no other attempt has.
 *
 * @param <T> the type of the elements
 */
final class ClipTask<T> implements FlatMapFunction<Iterator<T>, byte[]> {
  private static final long serialVersionUID = 1;

  private final ClipEncoder<T> encoder;
  private final ClipOptions options;
  private final String directory;
  private final String attempts;
  private final Broadcast<SerializableConfiguration> configuration;
  private final ClipMetrics metrics;

  ClipTask(
      ClipEncoder<T> encoder,
      ClipOptions options,
      String directory,
      String attempts,
      Broadcast<SerializableConfiguration> configuration,
      ClipMetrics metrics) {
    this.encoder = encoder;
    this.options = options;
    this.directory = directory;
    this.attempts = attempts;
    this.configuration = configuration;
    this.metrics = metrics;
  }

  /** Returns one element, a {@link TaskResult}. */
  @Override
  public Iterator<byte[]> call(Iterator<T> clips) throws Exception {
    TaskContext context = TaskContext.get();
    List<TaskResult.Clip> done = new ArrayList<>();
    Path scratch = scratch();
    try (KillWatch watch = KillWatch.of(context)) {
      while (clips.hasNext()) {
        String attempt = context.taskAttemptId() + "-" + done.size();
        TaskResult.Clip clip = encode(clips.next(), attempt, scratch, context, watch);
        metrics.add(clip.result());
        done.add(clip);
      }
    } finally {
      Files.delete(scratch);
    }
    return List.of(ObjectBytes.of(new TaskResult(done))).iterator();
  }

  private Path scratch() throws IOException {
    return options.scratchDirectory().isPresent()
        ? Files.createTempDirectory(Path.of(options.scratchDirectory().get()), "reelmux-clip")
        : Files.createTempDirectory("reelmux-clip");
  }

  private TaskResult.Clip encode(
      T clip, String attempt, Path scratch, TaskContext context, KillWatch watch) throws Exception {
    String name = encoder.name(clip);
    String leaf = name.substring(name.lastIndexOf('/') + 1);
    Path local = scratch.resolve("clip" + extension(leaf));
    for (int tries = 0; ; tries++) {
      try (ClipAttempt output = new ClipAttempt(local, context, watch, hadoop())) {
        long start = System.nanoTime();
        try {
          encoder.encode(clip, output);
          output.finish();
        } catch (Exception e) {
          refuseIfKilled(context, e);
          if (tries < options.retries()) {
            continue;
          }
          if (options.failedClips() == FailedClips.FAIL_JOB) {
            throw new IOException("clip '" + name + "' failed: " + e, e);
          }
          return new TaskResult.Clip(attempt, ClipResult.failed(name, e));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return store(name, attempt + extension(leaf), local, output, seconds);
      } finally {
        Files.deleteIfExists(local);
      }
    }
  }

  private TaskResult.Clip store(
      String name, String attempt, Path local, ClipAttempt output, double seconds)
      throws IOException {
    var target = new org.apache.hadoop.fs.Path(directory, name);
    StoredFile file =
        StoredFile.copy(local, new org.apache.hadoop.fs.Path(attempts, attempt), target, hadoop());
    return new TaskResult.Clip(
        attempt, output.result(name, target.toString(), file.bytes(), file.sha256(), seconds));
  }

  private Configuration hadoop() {
    return configuration.value().value();
  }

  /** A clip that ended because its task is killed has not failed. */
  private static void refuseIfKilled(TaskContext context, Exception reason) {
    if (context.isInterrupted()) {
      TaskKilledException killed = new TaskKilledException("the task was killed: " + reason);
      killed.initCause(reason);
      throw killed;
    }
  }

  private static String extension(String leaf) {
    int dot = leaf.lastIndexOf('.');
    return dot < 0 ? "" : leaf.substring(dot);
  }
}
