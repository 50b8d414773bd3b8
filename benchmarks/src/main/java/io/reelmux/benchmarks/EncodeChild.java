package io.reelmux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The process of one contender: generates the frames, warms up with one encoding, measures another,
 * and prints {@link #COLUMNS}.
 */
final class EncodeChild {

  /**
   * What is measured: the time from opening the file to completing it; the CPU time of the process
   * in that time, all threads; its peak memory, with and without the frames; and the heap bytes
   * that the feeding thread allocated per frame of the second half.
   */
  static final String COLUMNS =
      "wall ms\tCPU s\tpeak MiB\textra MiB\tJava bytes a frame\tfile bytes";

  private static final double MIB = 1 << 20;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final Contender contender;
  private final Job job;

  private EncodeChild(Contender contender, Job job) {
    this.contender = contender;
    this.job = job;
  }

  /** Runs the program. Arguments: contender, file, job. */
  public static void main(String[] args) throws IOException {
    Contender contender = Contender.valueOf(args[0]);
    System.out.println(new EncodeChild(contender, Job.parse(args, 2)).measure(Path.of(args[1])));
  }

  private String measure(Path file) throws IOException {
    EncodeLoop loop = contender.loop(job);
    for (int i = 0; i < job.warmUps(); i++) {
      encode(loop, file);
    }
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    double javaBytes = encode(loop, file);
    double wallMillis = (System.nanoTime() - wall) / 1e6;
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    double peak = ProcessMemory.peak();
    verify(file);
    return String.format(
        Locale.ROOT,
        "%.1f\t%.3f\t%.1f\t%.1f\t%.0f\t%d",
        wallMillis,
        cpuSeconds,
        peak / MIB,
        (peak - contender.ringBytes(job)) / MIB,
        javaBytes,
        Files.size(file));
  }

  /** Returns the heap bytes per frame of the second half, once everything has been set up. */
  private double encode(EncodeLoop loop, Path file) throws IOException {
    int frames = job.frames();
    int half = frames / 2;
    long before = 0;
    try (EncodeLoop.Running running = loop.start(file)) {
      for (int frame = 0; frame < frames; frame++) {
        if (frame == half) {
          before = threads.getCurrentThreadAllocatedBytes();
        }
        running.add(frame % Job.RING);
      }
      return (double) (threads.getCurrentThreadAllocatedBytes() - before) / (frames - half);
    }
  }

  private void verify(Path file) throws IOException {
    int count = FrameCount.of(file);
    if (count != job.frames()) {
      throw new IOException(contender + " wrote " + count + " frames instead of " + job.frames());
    }
  }
}
