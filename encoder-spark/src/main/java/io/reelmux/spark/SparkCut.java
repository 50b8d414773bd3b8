package io.reelmux.spark;

import io.reelmux.AudioOptions;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.Output;
import io.reelmux.PacketStreamInfo;
import io.reelmux.SegmentOptions;
import io.reelmux.cut.AudioResult;
import io.reelmux.cut.AudioSource;
import io.reelmux.cut.ChunkResult;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.Joiner;
import io.reelmux.reader.MediaReader;
import io.reelmux.spark.internal.DatasetDirectory;
import io.reelmux.spark.internal.HadoopFiles;
import io.reelmux.spark.internal.HadoopSegments;
import io.reelmux.spark.internal.HadoopSource;
import io.reelmux.spark.internal.JobDescription;
import io.reelmux.spark.internal.ObjectBytes;
import io.reelmux.spark.internal.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Encodes one long video: each chunk of a plan is a task, and so is the audio. The driver joins
 * them without encoding them again.
 *
 * <pre>{@code
 * CutPlan plan = CutPlan.of(options, frames.frames(), Duration.ofSeconds(10));
 * SparkCut.of(spark, plan, frames)
 *     .copyAudio("hdfs:///in/talk.mov")
 *     .encode("hdfs:///work", "hdfs:///out/talk.mp4");
 * }</pre>
 *
 * <p>Every attempt of a task writes a file of its own in the work directory. The results that Spark
 * accepts, one for each chunk, name those that are joined, so that no file is renamed; all are
 * deleted in the end. The output appears under its name when it is complete. If the driver dies,
 * what is left is in the work directory, or begins with {@code _} beside the output. The driver
 * needs room on its local disk for the output of {@link #encode}.
 *
 * <p>Built and used by one thread.
 */
public final class SparkCut {
  private static final int PUBLISH_THREADS = 8;

  private final JavaSparkContext spark;
  private final CutPlan plan;
  private final FrameSource frames;
  private @Nullable CutAudio audio;
  private @Nullable String copiedAudio;
  private Consumer<Encoder.Builder> encoder = settings -> {};

  private SparkCut(JavaSparkContext spark, CutPlan plan, FrameSource frames) {
    this.spark = spark;
    this.plan = plan;
    this.frames = frames;
  }

  /**
   * Returns an encoder for one video.
   *
   * @param spark where tasks run, with the plan's native library on all executors
   * @param plan the chunks and settings
   * @param frames the frames, on any executor
   * @return an encoder without audio
   * @throws IllegalArgumentException if the plan is for another video than that of the frames
   */
  public static SparkCut of(JavaSparkContext spark, CutPlan plan, FrameSource frames) {
    return new SparkCut(Objects.requireNonNull(spark, "spark"), plan.forFrames(frames), frames);
  }

  /**
   * Adds audio, which one task encodes in one piece. It is the first to start, since it may take
   * the longest.
   *
   * @param options the settings, with a codec that the output holds; AAC if none is set
   * @param source the samples, on any executor
   * @return this
   * @throws IllegalStateException if audio has been set already
   */
  public SparkCut audio(AudioOptions options, AudioSource source) {
    requireNoAudio();
    audio =
        new CutAudio(
            Objects.requireNonNull(options, "options"), Objects.requireNonNull(source, "source"));
    return this;
  }

  /**
   * Adds all audio streams of a media file, whose packets the driver copies. They remain with the
   * video of the file, if it has any.
   *
   * @param file in any Hadoop file system
   * @return this
   * @throws IllegalStateException if audio has been set already
   */
  public SparkCut copyAudio(String file) {
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
   * Sets what concerns the whole output, such as tags and chapters.
   *
   * @param change changes the settings
   * @return this
   */
  public SparkCut encoder(Consumer<Encoder.Builder> change) {
    encoder = Objects.requireNonNull(change, "change");
    return this;
  }

  /**
   * Encodes the video into a file.
   *
   * @param workDirectory where chunks are until they are joined, in a file system that all
   *     executors and the driver reach; created if necessary
   * @param output the file, which does not exist; its extension chooses the container
   * @return what was done
   * @throws IllegalArgumentException if the frames or the audio cannot be serialized, or the output
   *     cannot hold the streams; nothing has been encoded
   * @throws FileAlreadyExistsException if the output exists; nothing has been encoded
   * @throws io.reelmux.cut.CutException if a chunk is not what the plan says
   * @throws IOException if the job, the work directory or the output fails; there is no output then
   */
  public CutReport encode(String workDirectory, String output) throws IOException {
    Path target = new Path(output);
    FileSystem files = HadoopFiles.of(target, hadoop());
    if (files.exists(target)) {
      throw new FileAlreadyExistsException(output + " exists: choose another file, or delete it");
    }
    java.nio.file.Path scratch = Files.createTempDirectory("reelmux-cut");
    java.nio.file.Path local = scratch.resolve(target.getName());
    try {
      return encode(workDirectory, Output.file(local), () -> publish(local, files, target));
    } finally {
      Files.deleteIfExists(local);
      Files.delete(scratch);
    }
  }

  /** The output appears when it is complete; a rename does not cross file systems. */
  private void publish(java.nio.file.Path local, FileSystem files, Path target) throws IOException {
    Path parent = files.makeQualified(target).getParent();
    HadoopFiles.mkdirs(files, parent);
    Path copy = new Path(parent, "_" + target.getName() + "." + UUID.randomUUID());
    try {
      StoredFile.copy(local, copy, files.makeQualified(target), hadoop());
      StoredFile.publish(files, copy, files.makeQualified(target));
    } finally {
      HadoopFiles.deleteLeftover(files, copy);
    }
  }

  /**
   * Encodes the video into segments and playlists for HLS and DASH, which appear together.
   *
   * @param workDirectory where chunks are until they are joined, as above
   * @param directory empty or not existing, in any Hadoop file system
   * @param options how segments are cut: where chunks have key frames
   * @return what was done
   * @throws IllegalArgumentException if the frames or the audio cannot be serialized, or segments
   *     cannot hold the streams; nothing has been encoded
   * @throws FileAlreadyExistsException if the directory has other files; nothing has been encoded
   * @throws io.reelmux.cut.CutException if a chunk is not what the plan says
   * @throws IOException if the job, the work directory or the directory fails; there are no
   *     segments then
   */
  public CutReport encodeSegments(String workDirectory, String directory, SegmentOptions options)
      throws IOException {
    Objects.requireNonNull(options, "options");
    DatasetDirectory target = DatasetDirectory.begin(directory, hadoop());
    try {
      HadoopSegments store = new HadoopSegments(target);
      return encode(
          workDirectory,
          Output.segments(store, options),
          () -> target.publish(store.publications(), store.manifest(), PUBLISH_THREADS));
    } catch (Throwable e) {
      target.abort(e);
      throw e;
    }
  }

  /** Makes visible what has been joined. */
  private interface Publisher {
    void publish() throws IOException;
  }

  private CutReport encode(String workDirectory, Output output, Publisher publisher)
      throws IOException {
    ObjectBytes.requireSerializable("the FrameSource", frames);
    if (audio != null) {
      ObjectBytes.requireSerializable("the AudioSource", audio.source());
    }
    check(output);
    Path parent = new Path(workDirectory);
    FileSystem files = HadoopFiles.of(parent, hadoop());
    Path work = files.makeQualified(new Path(parent, "cut-" + UUID.randomUUID()));
    HadoopFiles.mkdirs(files, work);
    try {
      List<CutPart> parts = run(work);
      long start = System.nanoTime();
      EncodingResult joined = joiner(parts).join(output);
      publisher.publish();
      return report(joined, parts, Duration.ofNanos(System.nanoTime() - start));
    } finally {
      HadoopFiles.deleteLeftover(files, work);
    }
  }

  /** Asks the output whether it holds the streams, before all of the work. */
  private void check(Output output) throws IOException {
    Encoder.Builder settings = Encoder.builder();
    encoder.accept(settings);
    try (Encoder checked = settings.build()) {
      checked.addVideo(plan.video());
      if (audio != null) {
        checked.addAudio(audio.options());
      }
      for (PacketStreamInfo stream : copiedStreams()) {
        checked.addPackets(stream);
      }
      checked.check(output);
    }
  }

  private List<PacketStreamInfo> copiedStreams() throws IOException {
    String file = copiedAudio;
    if (file == null) {
      return List.of();
    }
    try (HadoopSource source = HadoopSource.open(file, hadoop());
        MediaReader in = MediaReader.builder().open(source)) {
      List<PacketStreamInfo> streams =
          in.info().audios().stream().flatMap(stream -> stream.facts().packets().stream()).toList();
      if (streams.isEmpty()) {
        throw new IllegalArgumentException("copyAudio: " + file + " has no audio to be copied");
      }
      return streams;
    }
  }

  private List<CutPart> run(Path work) throws IOException {
    List<Integer> indices = new ArrayList<>();
    if (audio != null) {
      indices.add(CutTask.AUDIO);
    }
    plan.chunks().forEach(chunk -> indices.add(chunk.index()));
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(new SerializableConfiguration(hadoop()));
    CutTask task =
        new CutTask(
            plan, frames, audio, work.toString(), configuration, new CutMetrics(spark.sc()));
    try {
      return JobDescription.during(
              spark.sc(),
              "Encode " + plan,
              () -> spark.parallelize(indices, indices.size()).map(task).collect())
          .stream()
          .map(bytes -> ObjectBytes.read(bytes, CutPart.class))
          .toList();
    } catch (Throwable e) {
      throw JobFailure.of(e);
    } finally {
      configuration.unpersist(false);
    }
  }

  private Joiner joiner(List<CutPart> parts) {
    Joiner joiner = Joiner.of(plan).encoder(encoder);
    String copied = copiedAudio;
    if (copied != null) {
      joiner.audio(() -> HadoopSource.open(copied, hadoop()));
    }
    for (CutPart part : parts) {
      ChunkResult chunk = part.chunk();
      AudioResult encoded = part.audio();
      if (chunk != null) {
        joiner.chunk(chunk, () -> HadoopSource.open(chunk.location(), hadoop()));
      } else if (encoded != null) {
        joiner.audio(encoded, () -> HadoopSource.open(encoded.location(), hadoop()));
      }
    }
    return joiner;
  }

  private static CutReport report(EncodingResult joined, List<CutPart> parts, Duration joinTime) {
    List<CutPart> chunks = parts.stream().filter(part -> part.chunk() != null).toList();
    Optional<Duration> audioTime =
        parts.stream().filter(part -> part.audio() != null).map(CutPart::time).findFirst();
    return new CutReport(
        joined,
        chunks.stream().map(CutPart::chunk).map(Objects::requireNonNull).toList(),
        chunks.stream().map(CutPart::time).toList(),
        audioTime,
        joinTime);
  }

  private Configuration hadoop() {
    return spark.hadoopConfiguration();
  }
}
