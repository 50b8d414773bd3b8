package io.reelmux.spark.cluster;

import io.reelmux.spark.ClipOptions;
import io.reelmux.spark.ClipReport;
import io.reelmux.spark.ClipResult;
import io.reelmux.spark.Clips;
import io.reelmux.spark.FailedClips;
import io.reelmux.spark.NumberedClip;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** The driver of a job of numbered clips, in a JVM of its own. Prints how its tasks have ended. */
public final class ClusterJob {

  /** What goes wrong by design. */
  enum Fault {
    NONE,
    /** Every third task fails in its first attempt, every seventh in its second one as well. */
    TASKS_FAIL,
    /** A few tasks do not come to an end in their first attempt. */
    TASKS_HANG
  }

  private static final int CLIPS_PER_TASK = 4;
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
        new SparkConf()
            .setMaster(args[0])
            .setAppName("reelmux " + fault)
            .set("spark.jars", args[1])
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.executor.memory", "512m")
            .set("spark.executor.extraJavaOptions", "-Dorg.bytedeco.javacpp.cachedir=" + args[2])
            .set("spark.speculation", Boolean.toString(fault == Fault.TASKS_HANG))
            .set("spark.speculation.interval", "200ms")
            .set("spark.speculation.multiplier", "3")
            .set("spark.speculation.minTaskRuntime", "1s");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TaskEnds ends = new TaskEnds();
      spark.sc().addSparkListener(ends);
      ClipReport report =
          Clips.encode(
              clips(spark, Integer.parseInt(args[4]), fault),
              new NumberedClip(),
              args[3],
              ClipOptions.DEFAULT.failedClips(FailedClips.FAIL_JOB));
      double seconds = report.clips().stream().mapToDouble(ClipResult::encodeSeconds).sum();
      spark.sc().listenerBus().waitUntilEmpty();
      System.out.printf("RESULT %s encode %.1f s%n", ends.last(), seconds);
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
    return clip;
  }

  /** Counts how attempts of tasks have ended, stage by stage. */
  private static final class TaskEnds extends SparkListener {
    private final Map<Integer, Map<String, AtomicInteger>> stages = new TreeMap<>();

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      Map<String, AtomicInteger> counts =
          stages.computeIfAbsent(end.stageId(), stage -> new TreeMap<>());
      String how =
          end.taskInfo().successful() ? "succeeded" : end.taskInfo().killed() ? "killed" : "failed";
      counts.computeIfAbsent(how, key -> new AtomicInteger()).incrementAndGet();
      if (end.taskInfo().speculative()) {
        counts.computeIfAbsent("speculative", key -> new AtomicInteger()).incrementAndGet();
      }
    }

    /** The stage that encodes comes after the one that names the clips. */
    synchronized String last() {
      Map<String, AtomicInteger> counts = stages.get(1);
      StringBuilder text = new StringBuilder();
      for (String how : new String[] {"succeeded", "failed", "killed", "speculative"}) {
        text.append(counts.getOrDefault(how, new AtomicInteger()))
            .append(' ')
            .append(how)
            .append(' ');
      }
      return text.toString().strip();
    }
  }
}
