package io.reelmux.spark;

import static java.util.stream.Collectors.toCollection;

import io.reelmux.spark.internal.DatasetDirectory;
import io.reelmux.spark.internal.JobDescription;
import io.reelmux.spark.internal.ObjectBytes;
import io.reelmux.spark.internal.Publication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Encodes one media file for each element of an RDD.
 *
 * <pre>{@code
 * JavaRDD<String> folders = spark.parallelize(List.of("hdfs:///shots/1", "hdfs:///shots/2"), 2);
 * ClipReport report =
 *     Clips.encode(folders, ImageFolders.at(25), "hdfs:///clips", ClipOptions.DEFAULT);
 * }</pre>
 *
 * <h2>Exactly once</h2>
 *
 * <p>Every attempt of a task writes files of its own, under {@code DIRECTORY/_reelmux}. When all
 * tasks have ended, the driver renames those of the attempts whose results Spark has accepted, one
 * for each partition, then writes {@code manifest.jsonl} and then {@code _SUCCESS}. So there is
 * never a part of a file under its name, and a job that fails publishes nothing. If the driver dies
 * while it renames, {@code _SUCCESS} is missing, and the next job in this directory first takes
 * back what was published. Only one job at a time may work in a directory.
 *
 * <h2>Tasks</h2>
 *
 * <p>A task encodes the clips of one partition, one after another: partition the RDD so that each
 * slot gets several partitions. The elements name the clips, at best, rather than hold their
 * frames: they are serialized to the executors, and computed again when tasks are repeated. The RDD
 * is evaluated twice, first for the names.
 */
public final class Clips {
  private Clips() {}

  /**
   * Encodes all clips and publishes them. Returns when that is done.
   *
   * @param clips one element for each clip
   * @param encoder names and encodes them
   * @param directory empty or not existing, in any Hadoop file system; or left by a job whose
   *     driver died
   * @param options what becomes of clips that fail, among others
   * @return one result for each clip, in the order of the RDD
   * @param <T> the type of the elements
   * @throws IllegalArgumentException if names repeat, leave the directory or are reserved, or the
   *     encoder cannot be serialized; nothing has been encoded
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the directory has other files;
   *     nothing has been encoded
   * @throws IOException if the job fails or the clips cannot be published; none is published
   */
  public static <T> ClipReport encode(
      JavaRDD<T> clips, ClipEncoder<T> encoder, String directory, ClipOptions options)
      throws IOException {
    Objects.requireNonNull(encoder, "encoder");
    Objects.requireNonNull(options, "options");
    ObjectBytes.requireSerializable("the ClipEncoder", encoder);
    SparkContext spark = clips.context();
    List<String> names = names(clips, encoder, spark);
    DatasetDirectory target = DatasetDirectory.begin(directory, spark.hadoopConfiguration());
    try {
      String text =
          options.description().orElse("Encode " + names.size() + " clips into " + target.path());
      List<TaskResult.Clip> done =
          JobDescription.during(spark, text, () -> run(clips, encoder, target, options));
      requireAll(names, done);
      return publish(done, target, options);
    } catch (Throwable e) {
      target.abort(e);
      throw JobFailure.of(e);
    }
  }

  /** Publishes the clips that have not failed. */
  static ClipReport publish(
      List<TaskResult.Clip> done, DatasetDirectory target, ClipOptions options) throws IOException {
    requireOneBackend(done);
    List<ClipResult> results = done.stream().map(TaskResult.Clip::result).toList();
    ClipReport report = new ClipReport(target.path().toString(), results);
    target.publish(List.of(publications(done)), report.manifest(), options.publishThreads());
    return report;
  }

  private static <T> List<String> names(
      JavaRDD<T> clips, ClipEncoder<T> encoder, SparkContext spark) throws IOException {
    List<String> names;
    try {
      names =
          JobDescription.during(spark, "Name the clips", () -> clips.map(encoder::name).collect());
    } catch (Throwable e) {
      throw JobFailure.of(e);
    }
    ClipNames.check(names);
    return names;
  }

  private static <T> List<TaskResult.Clip> run(
      JavaRDD<T> clips, ClipEncoder<T> encoder, DatasetDirectory target, ClipOptions options) {
    SparkContext spark = clips.context();
    Broadcast<SerializableConfiguration> configuration =
        JavaSparkContext.fromSparkContext(spark)
            .broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    try {
      ClipTask<T> task =
          new ClipTask<>(
              encoder,
              options,
              target.path().toString(),
              target.attempts().toString(),
              configuration,
              new ClipMetrics(spark));
      List<TaskResult.Clip> done = new ArrayList<>();
      clips
          .mapPartitions(task)
          .collect()
          .forEach(bytes -> done.addAll(ObjectBytes.read(bytes, TaskResult.class).clips()));
      return done;
    } finally {
      configuration.unpersist(false);
    }
  }

  /** An RDD that is not the same when it is computed again would lose or double clips. */
  private static void requireAll(List<String> names, List<TaskResult.Clip> done)
      throws IOException {
    List<String> encoded = done.stream().map(clip -> clip.result().name()).toList();
    if (!encoded.equals(names)) {
      throw new IOException(
          "the RDD gave other clips when it was computed again: persist it, or make it repeatable");
    }
  }

  /** Executors with different libraries would give clips that look different. */
  private static void requireOneBackend(List<TaskResult.Clip> done) throws IOException {
    Set<String> backends =
        done.stream()
            .map(TaskResult.Clip::result)
            .filter(result -> !result.failed())
            .map(ClipResult::backend)
            .collect(toCollection(TreeSet::new));
    if (backends.size() > 1) {
      throw new IOException(
          "executors have different native libraries: " + backends + "; give all of them the same");
    }
  }

  private static List<Publication> publications(List<TaskResult.Clip> done) {
    return done.stream()
        .filter(clip -> !clip.result().failed())
        .map(clip -> new Publication(clip.attempt(), clip.result().name()))
        .toList();
  }
}
