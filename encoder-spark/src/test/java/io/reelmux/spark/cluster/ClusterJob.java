package io.reelmux.spark.cluster;

import io.reelmux.spark.ClipOptions;
import io.reelmux.spark.ClipReport;
import io.reelmux.spark.ClipResult;
import io.reelmux.spark.Clips;
import io.reelmux.spark.FailedClips;
import io.reelmux.spark.NumberedClip;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.statistics.IOStatisticsSource;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** The driver of a job of numbered clips, in a JVM of its own. Prints how its tasks have ended. */
public final class ClusterJob {

  /** What goes wrong by design. */
  enum Fault {
    NONE,
    /** Every third task fails in its first attempt, every seventh in its second one as well. */
    TASKS_FAIL,
    /** A few tasks do not come to an end in their first attempt. */
    TASKS_HANG,
    /** The executor of a task ends in its first attempt, and takes others along. */
    EXECUTOR_ENDS
  }

  private static final int CLIPS_PER_TASK = 4;
  private static final int KILLED = 137;
  private static final long HANG_MILLIS = 600_000;

  private ClusterJob() {}

  /**
   * Runs the job.
   *
   * @param args the master's URL, the jars of the executors, their JavaCPP cache, the directory of
   *     the clips, their number, and the fault
   */
  public static void main(String[] args) throws Exception {
    Fault fault = Fault.valueOf(args[5]);
    SparkConf conf =
        LoopbackCluster.conf(args)
            .setAppName("reelmux " + fault)
            .set("spark.speculation", Boolean.toString(fault == Fault.TASKS_HANG))
            .set("spark.speculation.interval", "200ms")
            .set("spark.speculation.multiplier", "3")
            .set("spark.speculation.minTaskRuntime", "1s");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TaskEnds ends = TaskEnds.of(spark);
      ClipReport report =
          Clips.encode(
              clips(spark, Integer.parseInt(args[4]), fault),
              new NumberedClip(),
              args[3],
              ClipOptions.DEFAULT.failedClips(FailedClips.FAIL_JOB));
      double seconds = report.clips().stream().mapToDouble(ClipResult::encodeSeconds).sum();
      print(args[3], spark.hadoopConfiguration());
      // the stage that encodes comes after the one that names the clips
      System.out.printf("RESULT %s encode %.1f s%n", ends.text(/* stage= */ 1), seconds);
    }
  }

  /** Prints what is in the directory, and how often the file system has copied objects. */
  private static void print(String directory, Configuration configuration) throws Exception {
    Path path = new Path(directory);
    FileSystem files = path.getFileSystem(configuration);
    RemoteIterator<LocatedFileStatus> all = files.listFiles(path, /* recursive= */ true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      try (InputStream in = files.open(file)) {
        String name = file.toString().substring(files.makeQualified(path).toString().length() + 1);
        System.out.println("FILE " + name + " " + NumberedClip.sha256(in.readAllBytes()));
      }
    }
    if (files instanceof IOStatisticsSource source && source.getIOStatistics() != null) {
      source.getIOStatistics().counters().entrySet().stream()
          .filter(counter -> counter.getKey().matches("object_copy_requests|op_rename"))
          .forEach(
              counter ->
                  System.out.println("COUNTER " + counter.getKey() + "=" + counter.getValue()));
    }
  }

  private static JavaRDD<Integer> clips(JavaSparkContext spark, int count, Fault fault) {
    return spark
        .parallelize(IntStream.range(0, count).boxed().toList(), count / CLIPS_PER_TASK)
        .map(clip -> fail(clip, fault));
  }

  /** Fails in the middle of a task, when it has written clips already. */
  private static int fail(int clip, Fault fault) throws IOException, InterruptedException {
    TaskContext task = TaskContext.get();
    boolean middle = clip % CLIPS_PER_TASK == 2;
    int attempt = task.attemptNumber();
    int partition = task.partitionId();
    boolean naming = task.stageId() == 0;
    if (naming || !middle) {
      return clip;
    }
    if (fault == Fault.TASKS_FAIL
        && ((attempt == 0 && partition % 3 == 0) || (attempt < 2 && partition % 7 == 0))) {
      throw new IOException("injected");
    }
    if (fault == Fault.TASKS_HANG && attempt == 0 && partition % 40 == 5) {
      Thread.sleep(HANG_MILLIS);
    }
    if (fault == Fault.EXECUTOR_ENDS && task.taskAttemptId() == task.numPartitions() + 20L) {
      // no other attempt has this number; the tasks that name the clips have the first ones
      Runtime.getRuntime().halt(KILLED);
    }
    return clip;
  }
}
