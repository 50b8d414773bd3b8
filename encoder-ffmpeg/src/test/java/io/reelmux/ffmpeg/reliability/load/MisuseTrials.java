package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.ByteArrayOutput;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A child JVM program that runs random sequences of calls. Arguments: the first seed, the number of
 * sequences, a directory. Exits with 0 if every sequence behaved as documented; otherwise prints
 * the seed of the first that did not.
 */
public final class MisuseTrials {
  private static final long LIMIT_SECONDS = 120;

  private MisuseTrials() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    long firstSeed = Long.parseLong(arguments[0]);
    long count = Long.parseLong(arguments[1]);
    Path directory = Path.of(arguments[2]);
    MisuseSequence.Counts counts = new MisuseSequence.Counts();
    // loads the native libraries, and starts what the JVM starts once
    Clips.clip(e -> e.openFileLike(new ByteArrayOutput(), "mp4"), 2, Clips.Ending.CLOSED);
    long threads = ProcessWatch.threads();
    ExecutorService pool = Executors.newFixedThreadPool(2);
    AtomicLong next = new AtomicLong(firstSeed);
    List<Worker> workers =
        List.of(
            new Worker(next, firstSeed + count, directory, counts),
            new Worker(next, firstSeed + count, directory, counts));
    List<Future<?>> running = workers.stream().<Future<?>>map(pool::submit).toList();
    watch(running, workers);
    for (Future<?> future : running) {
      future.get();
    }
    pool.shutdown();
    pool.awaitTermination(10, TimeUnit.SECONDS);
    ChildReport.print("sequences", count);
    counts.print();
    if (NativeOwner.openCount() != 0) {
      NativeOwner.origins().forEach(origin -> origin.printStackTrace(System.out));
    }
    ChildReport.print("owners", NativeOwner.openCount());
    ChildReport.print("threads", ProcessWatch.threadsBackTo(threads) - threads);
    try (Stream<Path> files = Files.list(directory)) {
      ChildReport.print("files", files.count());
    }
  }

  /** Ends the process with a thread dump if a sequence does not finish. */
  private static void watch(List<Future<?>> running, List<Worker> workers) {
    while (!running.stream().allMatch(Future::isDone)) {
      ProcessWatch.pause(20);
      for (Worker worker : workers) {
        long since = worker.since;
        if (since != 0 && System.nanoTime() - since > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
          System.out.println("seed " + worker.seed + " did not finish");
          System.out.println(ProcessWatch.threadDump());
          Runtime.getRuntime().halt(3);
        }
      }
    }
  }

  /** Runs one seed after another. */
  private static final class Worker implements Runnable {
    private final AtomicLong next;
    private final long end;
    private final Path directory;
    private final MisuseSequence.Counts counts;
    private volatile long since;
    private volatile long seed;

    Worker(AtomicLong next, long end, Path directory, MisuseSequence.Counts counts) {
      this.next = next;
      this.end = end;
      this.directory = directory;
      this.counts = counts;
    }

    @Override
    public void run() {
      for (seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
        since = System.nanoTime();
        try {
          new MisuseSequence(seed, directory, counts).run();
        } catch (IOException | RuntimeException | Error e) {
          System.out.println("seed " + seed + " did not behave as documented");
          e.printStackTrace(System.out);
          Runtime.getRuntime().halt(2);
        }
        since = 0;
      }
    }
  }
}
