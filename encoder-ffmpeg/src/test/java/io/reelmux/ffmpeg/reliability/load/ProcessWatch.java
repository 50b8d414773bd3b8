package io.reelmux.ffmpeg.reliability.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process uses: memory, file handles, threads; and how that grows. */
final class ProcessWatch {
  private final List<double[]> points = new ArrayList<>();

  /** Notes the resident memory after so many trials. */
  void sample(long trials) throws IOException {
    points.add(new double[] {trials, residentKib()});
  }

  /** Growth of the resident memory by least squares, in KiB for 1000 trials. */
  double slopeKibPerThousand() {
    double meanX = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double meanY = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double xy = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum();
    double xx = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    return xx == 0 ? 0 : 1000 * xy / xx;
  }

  /** Growth from the first to the last sample by the fitted line, in MiB. */
  double growthMib() {
    double span = points.get(points.size() - 1)[0] - points.get(0)[0];
    return slopeKibPerThousand() * span / 1000 / 1024;
  }

  /** Resident memory of the process in KiB. */
  static long residentKib() throws IOException {
    return status("VmRSS:");
  }

  /** Threads of the process, native ones included. */
  static long threads() throws IOException {
    return status("Threads:");
  }

  private static long status(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no " + field);
  }

  /** Open file handles of the process. */
  static long handles() throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      // the listing itself holds one
      return handles.count() - 1;
    }
  }

  /** Waits until there are no more threads than that; threads take a moment to end. */
  static long threadsBackTo(long limit) throws IOException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (threads() > limit && System.nanoTime() < deadline) {
      pause(20);
    }
    return threads();
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What all threads are doing. */
  static String threadDump() {
    StringBuilder text = new StringBuilder();
    for (ThreadInfo info : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      text.append('"').append(info.getThreadName()).append("\" ").append(info.getThreadState());
      text.append(" waits for ").append(info.getLockName());
      text.append(" of ").append(info.getLockOwnerName()).append('\n');
      for (StackTraceElement element : info.getStackTrace()) {
        text.append("  at ").append(element).append('\n');
      }
    }
    return text.toString();
  }
}
