package io.reelmux.reader.ffmpeg.safety;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Measures what each file costs this process, and ends the process if one does not end. */
final class ProcessCost {

  /** A machine that is busy with other work makes files wait. */
  private static final int WAITING = 12;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private volatile long cpuAtBegin = SYSTEM.getProcessCpuTime();
  private volatile long timeAtBegin = System.nanoTime();
  private long longest;

  private ProcessCost() {}

  /** Ends the process if a file costs more CPU time than the limit, or waits for long. */
  static ProcessCost watchedBy(Duration limit) {
    ProcessCost cost = new ProcessCost();
    Thread watch =
        new Thread(
            () -> {
              while (true) {
                cost.check(limit);
              }
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
    return cost;
  }

  private void check(Duration limit) {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (cpu() > limit.toNanos() || System.nanoTime() - timeAtBegin > WAITING * limit.toNanos()) {
      System.out.println("HANG");
      Thread.getAllStackTraces()
          .forEach(
              (thread, stack) -> {
                System.out.println(thread);
                for (StackTraceElement element : stack) {
                  System.out.println("  at " + element);
                }
              });
      System.out.flush();
      Runtime.getRuntime().halt(4);
    }
  }

  private long cpu() {
    return SYSTEM.getProcessCpuTime() - cpuAtBegin;
  }

  void begin() {
    cpuAtBegin = SYSTEM.getProcessCpuTime();
    timeAtBegin = System.nanoTime();
  }

  void end() {
    longest = Math.max(longest, cpu());
  }

  /** The CPU time of the file that cost most, of all threads of the process. */
  double longestSeconds() {
    return longest / 1e9;
  }

  /** The most memory that this process has used, as the system counts it. */
  static long peakMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("no VmHWM");
  }
}
