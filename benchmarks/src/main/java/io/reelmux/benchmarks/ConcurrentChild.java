package io.reelmux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The process of one contender that several threads use at once: each of them encodes the job into
 * memory again and again. It prints {@link #COLUMNS}.
 */
final class ConcurrentChild {
  static final String COLUMNS = "wall ms\tCPU s\tencodings";

  private ConcurrentChild() {}

  /** Runs the program. Arguments: contender, callers, encodings of each caller, job. */
  public static void main(String[] args) throws Exception {
    Contender contender = Contender.valueOf(args[0]);
    int callers = Integer.parseInt(args[1]);
    int encodings = Integer.parseInt(args[2]);
    Job job = Job.parse(args, 3);
    EncodeLoop loop = contender.loop(job);
    int warmUps = (job.warmUps() + callers - 1) / callers;
    inThreads(callers, () -> encode(loop, job, warmUps));

    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = system.getProcessCpuTime();
    double wallMillis = inThreads(callers, () -> encode(loop, job, encodings));
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    System.out.println(line(wallMillis, cpuSeconds, callers * encodings));
  }

  static String line(double wallMillis, double cpuSeconds, int encodings) {
    return String.format(Locale.ROOT, "%.1f\t%.3f\t%d", wallMillis, cpuSeconds, encodings);
  }

  private static double encode(EncodeLoop loop, Job job, int encodings) throws IOException {
    for (int encoding = 0; encoding < encodings; encoding++) {
      try (EncodeLoop.Running running = loop.startInMemory()) {
        for (int frame = 0; frame < job.frames(); frame++) {
          running.add(frame % Job.RING);
        }
      }
    }
    return 0;
  }

  /** Runs the work in so many threads at once, and returns the milliseconds until all are done. */
  static double inThreads(int threads, Callable<Double> work)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<Double>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(pool.submit(work));
      }
      for (Future<Double> result : results) {
        result.get();
      }
      return (System.nanoTime() - start) / 1e6;
    } finally {
      pool.shutdown();
    }
  }
}
