package io.reelmux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process of one contender: generates the frames, warms up with one encoding, measures another,
 * and prints a {@link Measurement}.
 */
final class EncodeChild {
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

  /** Runs the program. Arguments: contender, size, frames. */
  public static void main(String[] args) throws IOException {
    Contender contender = Contender.valueOf(args[0]);
    Job job = Job.of(args[1], Integer.parseInt(args[2]));
    System.out.println(new EncodeChild(contender, job).measure().toLine());
  }

  private Measurement measure() throws IOException {
    EncodeLoop loop = contender.loop(job);
    Path file = Files.createTempFile("benchmark", ".mp4");
    try {
      encode(loop, file, Job.WARM_UP);
      long cpu = system.getProcessCpuTime();
      long wall = System.nanoTime();
      double javaBytes = encode(loop, file, job.frames());
      double wallMillis = (System.nanoTime() - wall) / 1e6;
      double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
      double peak = ProcessMemory.peak();
      verify(file);
      return new Measurement(
          wallMillis,
          cpuSeconds,
          peak / MIB,
          (peak - contender.ringBytes(job)) / MIB,
          javaBytes,
          Files.size(file));
    } finally {
      Files.delete(file);
    }
  }

  /** Returns the heap bytes per frame of the second half, once everything has been set up. */
  private double encode(EncodeLoop loop, Path file, int frames) throws IOException {
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
