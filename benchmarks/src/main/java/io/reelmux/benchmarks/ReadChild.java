package io.reelmux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** The process of one contender: reads the file to warm up, measures it, prints the result. */
final class ReadChild {
  private ReadChild() {}

  /** Runs the program. Arguments: contender, file, how often it warms up. */
  public static void main(String[] args) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    ReadLoop loop = ReadContender.valueOf(args[0]).loop();
    Path file = Path.of(args[1]);
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      loop.read(file);
    }
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    int frames = loop.read(file);
    double wallMillis = (System.nanoTime() - wall) / 1e6;
    double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
    System.out.println(new ReadMeasurement(wallMillis, cpuSeconds, frames).toLine());
  }
}
