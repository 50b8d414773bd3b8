package io.reelmux.spark.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts how attempts of tasks have ended, stage by stage. */
final class TaskEnds extends SparkListener {
  private final Map<Integer, Map<String, AtomicInteger>> stages = new TreeMap<>();
  private final JavaSparkContext spark;

  private TaskEnds(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Counts from now on. */
  static TaskEnds of(JavaSparkContext spark) {
    TaskEnds ends = new TaskEnds(spark);
    spark.sc().addSparkListener(ends);
    return ends;
  }

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

  /** Returns the numbers of a stage, once Spark has told all of them. */
  String text(int stage) throws TimeoutException {
    spark.sc().listenerBus().waitUntilEmpty();
    synchronized (this) {
      Map<String, AtomicInteger> counts = stages.getOrDefault(stage, Map.of());
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
