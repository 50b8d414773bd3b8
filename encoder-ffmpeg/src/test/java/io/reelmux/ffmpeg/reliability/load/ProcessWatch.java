package io.reelmux.ffmpeg.reliability.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What this process uses: memory, file handles, threads; and how that grows. */
final class ProcessWatch {
  /**
   * Compilers, collectors, and the one thread that times the deadlines of all encoders: the JVM's
   * common pool has it from Java 25 on.
   */
  private static final List<String> JVM_THREADS =
      List.of(
          "C1 Compiler",
          "C2 Compiler",
          "GC Thread",
          "G1 ",
          "VM ",
          "CompletableFutu",
          "ForkJoinPool.co");

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

  /**
   * Threads of the process, native ones included, but for those that the JVM starts and ends as it
   * likes. A native thread has the name of the Java thread that has started it.
   */
  static long threads() throws IOException {
    return threadNames().size();
  }

  private static List<String> threadNames() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        try {
          String name = Files.readString(task.resolve("comm")).strip();
          if (JVM_THREADS.stream().noneMatch(name::startsWith)) {
            names.add(name);
          }
        } catch (IOException e) {
          // it has ended meanwhile
        }
      }
    }
    return names;
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
    if (threads() > limit) {
      System.out.println("threads are " + threadNames());
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
