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

/** Measures memory, file handles and threads of this process, and how memory grows. */
final class ProcessWatch {
  /**
   * Compilers, collectors, and the one thread that times the deadlines of all encoders, which from
   * Java 25 on belongs to the JVM's common pool.
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

  /** Records the resident memory after so many trials. */
  void sample(long trials) throws IOException {
    points.add(new double[] {trials, residentKib()});
  }

  /** Returns the growth of resident memory by least squares, in KiB per 1000 trials. */
  double slopeKibPerThousand() {
    double meanX = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double meanY = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double xy = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum();
    double xx = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    return xx == 0 ? 0 : 1000 * xy / xx;
  }

  /** Returns the growth from the first to the last sample on the fitted line, in MiB. */
  double growthMib() {
    double span = points.get(points.size() - 1)[0] - points.get(0)[0];
    return slopeKibPerThousand() * span / 1000 / 1024;
  }

  /** Returns the resident memory of the process in KiB. */
  static long residentKib() throws IOException {
    return status("VmRSS:");
  }

  /**
   * Returns the number of threads of the process, native ones included, except those that the JVM
   * starts and ends at will. A native thread has the name of the Java thread that started it.
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
          // it has since ended
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

  /** Returns the number of open file handles of the process. */
  static long handles() throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      // the listing itself uses one
      return handles.count() - 1;
    }
  }

  /** Waits until there are at most that many threads; threads take a moment to end. */
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

  /** Returns the stacks of all threads. */
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
