package io.reelmux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The process of one contender: encodes a tenth to warm up, then all, and prints {@link #COLUMNS}.
 */
final class AudioChild {
  static final String COLUMNS = "wall ms\tCPU s\tfile bytes";

  private AudioChild() {}

  /** Runs the program. Arguments: contender, seconds, file. */
  public static void main(String[] args) throws IOException {
    AudioContender contender = AudioContender.valueOf(args[0]);
    int chunks = Integer.parseInt(args[1]) * (AudioContender.SAMPLE_RATE / AudioContender.CHUNK);
    Path file = Path.of(args[2]);
    float[][] chunk = AudioContender.chunk();
    contender.encode(chunk, Math.max(1, chunks / 10), file);

    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    contender.encode(chunk, chunks, file);
    double wallMillis = (System.nanoTime() - wall) / 1e6;
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    System.out.println(line(wallMillis, cpuSeconds, file));
  }

  static String line(double wallMillis, double cpuSeconds, Path file) throws IOException {
    return String.format(Locale.ROOT, "%.1f\t%.3f\t%d", wallMillis, cpuSeconds, Files.size(file));
  }
}
