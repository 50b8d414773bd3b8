package io.reelmux.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process of a long encoding, which prints {@link MemoryReport#COLUMNS} periodically. */
final class MemoryChild {
  private static final int FRAMES_PER_SAMPLE = 500;

  /**
   * Frames of the warm-up encoding. The JVM recompiles hot methods after some thousands of frames,
   * and the memory used for that, some 16 MiB, stays with the allocator.
   */
  private static final int WARM_UP_FRAMES = 6000;

  private MemoryChild() {}

  /** Runs the program. Arguments: job. */
  public static void main(String[] args) throws IOException {
    Job job = Job.parse(args, 0);
    EncodeLoop loop = Contender.REELMUX_RGB24_DIRECT.loop(job);
    Path file = Files.createTempFile("benchmark", ".mp4");
    try {
      warmUp(loop, file);
      encode(loop, file, job.frames());
      int count = FrameCount.of(file);
      if (count != job.frames()) {
        throw new IOException("wrote " + count + " frames instead of " + job.frames());
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void warmUp(EncodeLoop loop, Path file) throws IOException {
    try (EncodeLoop.Running running = loop.start(file)) {
      for (int frame = 1; frame <= WARM_UP_FRAMES; frame++) {
        running.add(frame % Job.RING);
      }
    }
  }

  private static void encode(EncodeLoop loop, Path file, int frames) throws IOException {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    try (EncodeLoop.Running running = loop.start(file)) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int frame = 1; frame <= frames; frame++) {
        running.add(frame % Job.RING);
        if (frame % FRAMES_PER_SAMPLE == 0) {
          long allocated = threads.getCurrentThreadAllocatedBytes() - before;
          System.out.println(
              frame + "\t" + ProcessMemory.resident() + "\t" + allocated / FRAMES_PER_SAMPLE);
          before = threads.getCurrentThreadAllocatedBytes();
        }
      }
    }
  }
}
