package io.reelmux.spark.scale;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a Spark job, simulated: tasks wait in a line for the slots of the cluster, as Spark's
 * scheduler has it.
 *
 * @param slots how many tasks run at once
 * @param dispatchSeconds what each attempt costs besides its work: sending the task and its result
 * @param slowShare the share of attempts on a machine that is slow at that time
 * @param slowFactor how much longer those take
 * @param failShare the share of attempts that fail, at any point of their work
 * @param speculation whether slow attempts get a twin, by Spark's default rules: once 90 % of the
 *     tasks are done, after three times their median
 */
record StageModel(
    int slots,
    double dispatchSeconds,
    double slowShare,
    double slowFactor,
    double failShare,
    boolean speculation) {
  private static final double QUANTILE = 0.9;
  private static final double MULTIPLIER = 3;

  StageModel withSlots(int count) {
    return new StageModel(count, dispatchSeconds, slowShare, slowFactor, failShare, speculation);
  }

  /**
   * Runs the stage.
   *
   * @param taskSeconds the work of each task
   * @param seed decides which attempts are slow and which fail
   * @return when the last task is done
   */
  double seconds(double[] taskSeconds, long seed) {
    return new Run(taskSeconds, new SplittableRandom(seed)).seconds();
  }

  private record Attempt(int task, double start, double end, boolean fails) {}

  private final class Run {
    private final double[] work;
    private final SplittableRandom random;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<Attempt> running = new ArrayList<>();
    private final boolean[] done;
    private final List<Double> durations = new ArrayList<>();
    private double now;

    Run(double[] work, SplittableRandom random) {
      this.work = work;
      this.random = random;
      this.done = new boolean[work.length];
      for (int task = 0; task < work.length; task++) {
        waiting.add(task);
      }
    }

    double seconds() {
      while (durations.size() < work.length) {
        while (running.size() < slots && !waiting.isEmpty()) {
          start(waiting.remove());
        }
        Attempt next = running.stream().min(Comparator.comparingDouble(Attempt::end)).orElseThrow();
        Attempt slow = slowest();
        if (slow != null && slow.start() + threshold() < next.end()) {
          now = Math.max(now, slow.start() + threshold());
          start(slow.task());
        } else {
          end(next);
        }
      }
      return now;
    }

    private void start(int task) {
      double seconds = work[task];
      if (random.nextDouble() < slowShare) {
        seconds *= slowFactor;
      }
      boolean fails = random.nextDouble() < failShare;
      if (fails) {
        seconds *= random.nextDouble();
      }
      running.add(new Attempt(task, now, now + dispatchSeconds + seconds, fails));
    }

    private void end(Attempt attempt) {
      now = attempt.end();
      running.remove(attempt);
      if (!attempt.fails()) {
        done[attempt.task()] = true;
        durations.add(attempt.end() - attempt.start());
        running.removeIf(twin -> twin.task() == attempt.task());
      } else if (attempts(attempt.task()) == 0) {
        waiting.add(attempt.task());
      }
    }

    /** The attempt that gets a twin next, if a slot is free for one. */
    private @Nullable Attempt slowest() {
      if (!speculation || running.size() == slots || durations.size() < QUANTILE * work.length) {
        return null;
      }
      return running.stream()
          .filter(attempt -> attempts(attempt.task()) == 1)
          .min(Comparator.comparingDouble(Attempt::start))
          .orElse(null);
    }

    private double threshold() {
      double[] sorted = durations.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return MULTIPLIER * sorted[sorted.length / 2];
    }

    private long attempts(int task) {
      return running.stream().filter(attempt -> attempt.task() == task).count();
    }
  }
}
