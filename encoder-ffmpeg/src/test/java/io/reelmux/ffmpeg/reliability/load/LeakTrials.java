package io.reelmux.ffmpeg.reliability.load;

import io.reelmux.AudioOptions;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.NativeOwner;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.testing.media.Demuxer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A child JVM program that repeats one trial. Arguments: the trial, how often, a directory. */
public final class LeakTrials {

  private LeakTrials() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    Path directory = Path.of(arguments[2]);
    Path file = directory.resolve("leak.mp4");
    switch (arguments[0]) {
      case "closed" ->
          repeat("closed", count, () -> Clips.clip(e -> e.openFile(file), 2, Clips.Ending.CLOSED));
      case "canceled" ->
          repeat(
              "canceled", count, () -> Clips.clip(e -> e.openFile(file), 2, Clips.Ending.CANCELED));
      case "refused" -> {
        Map<String, ThrowingRunnable<IOException>> refusals = refusals(directory);
        List<ThrowingRunnable<IOException>> all = List.copyOf(refusals.values());
        ChildReport.print("kinds", all.size());
        repeat(
            "refused",
            count,
            () -> {
              for (ThrowingRunnable<IOException> trial : all) {
                trial.run();
              }
            });
      }
      case "abandoned" -> abandoned(count, directory);
      case "parallel" -> parallel(count, directory);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    ChildReport.print("owners", NativeOwner.openCount());
  }

  private static void repeat(String name, int count, ThrowingRunnable<IOException> trial)
      throws IOException {
    // warms up native libraries, compiled code, the allocator's arenas
    for (int i = 0; i < Math.max(20, count / 5); i++) {
      trial.run();
    }
    // the JVM opens a handle of its own for the first file that is measured
    new ProcessWatch().sample(0);
    System.gc();
    long handles = ProcessWatch.handles();
    long threads = ProcessWatch.threads();
    ProcessWatch watch = new ProcessWatch();
    for (int i = 0; i < count; i++) {
      trial.run();
      if (i % Math.max(1, count / 100) == 0) {
        watch.sample(i);
      }
    }
    ChildReport.print("slope", watch.slopeKibPerThousand());
    ChildReport.print("growth", watch.growthMib());
    ChildReport.print("handles", ProcessWatch.handles() - handles);
    ChildReport.print("threads", ProcessWatch.threadsBackTo(threads) - threads);
    ChildReport.print("trial", name);
  }

  private static Map<String, ThrowingRunnable<IOException>> refusals(Path directory) {
    Map<String, ThrowingRunnable<IOException>> kinds = new LinkedHashMap<>();
    kinds.put("codec", refused("mp4", Clips.video().codec("nonsense")));
    kinds.put("fit", refused("webm", Clips.video().codec("mpeg4")));
    kinds.put("container", refused("nonsense", Clips.video()));
    kinds.put("option", refused("mp4", Clips.video().option("nonsense", "1")));
    kinds.put("range", refused("mp4", Clips.video().option("refs", "-3000000000")));
    kinds.put("owned", refused("mp4", Clips.video().option("video_size", "4096x2160")));
    kinds.put("format", refused("mp4", Clips.video().codec("mpeg4").pixelFormat("gbrp")));
    kinds.put("odd", refused("mp4", VideoOptions.builder(65, 63, 25)));
    kinds.put("profile", refused("mp4", Clips.video().profile("nonsense")));
    kinds.put("header", refused("mp4", Clips.video().codec("ffvhuff")));
    kinds.put(
        "directory",
        () ->
            mustFail(
                encoder -> {
                  encoder.addVideo(Clips.video().build());
                  encoder.openFile(directory.resolve("none").resolve("a.mp4"));
                }));
    kinds.put(
        "second",
        () ->
            mustFail(
                encoder -> {
                  encoder.addVideo(Clips.video().build());
                  encoder.addAudio(AudioOptions.builder(44_100, 1).outputSampleRate(7).build());
                  encoder.openFileLike(new ByteArrayOutput(), "mp4");
                }));
    return kinds;
  }

  private static ThrowingRunnable<IOException> refused(
      String container, VideoOptions.Builder options) {
    VideoOptions video = options.build();
    return () ->
        mustFail(
            encoder -> {
              encoder.addVideo(video);
              encoder.openFileLike(new ByteArrayOutput(), container);
            });
  }

  private static void mustFail(Clips.Opening opening) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      opening.open(encoder);
    } catch (IOException | IllegalArgumentException e) {
      return;
    }
    throw new IllegalStateException("was not refused");
  }

  /** Encoders that are never closed. */
  private static void abandoned(int count, Path directory) throws IOException {
    AtomicLong warnings = new AtomicLong();
    AtomicLong withOrigin = new AtomicLong();
    Logger logger = Logger.getLogger("io.reelmux");
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            warnings.incrementAndGet();
            if (record.getThrown() != null
                && List.of(record.getThrown().getStackTrace()).stream()
                    .anyMatch(element -> element.getClassName().endsWith("Clips"))) {
              withOrigin.incrementAndGet();
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    for (int i = 0; i < count; i++) {
      Path file = directory.resolve("abandoned" + i + ".mp4");
      Clips.clip(e -> e.openFile(file), 30, Clips.Ending.ABANDONED);
    }
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (NativeOwner.openCount() > 0 && System.nanoTime() < deadline) {
      System.gc();
      ProcessWatch.pause(50);
    }
    ChildReport.print("warnings", warnings.get());
    ChildReport.print("origins", withOrigin.get());
    ChildReport.print("handles", ProcessWatch.handles());
    int finished = 0;
    for (int i = 0; i < count; i++) {
      finished += isFinished(directory.resolve("abandoned" + i + ".mp4")) ? 1 : 0;
    }
    ChildReport.print("finished", finished);
  }

  /** Returns whether the file is finished: its fragments are joined, so it has no moof box. */
  private static boolean isFinished(Path file) throws IOException {
    int[] packets;
    try {
      packets = Demuxer.countPackets(file);
    } catch (IOException e) {
      return false;
    }
    return packets[0] == 30;
  }

  /** Eight threads, each encoding clip after clip. */
  private static void parallel(int clips, Path directory) throws Exception {
    Clips.clip(e -> e.openFile(directory.resolve("first.mp4")), 2, Clips.Ending.CLOSED);
    long threads = ProcessWatch.threads();
    AtomicLong complete = new AtomicLong();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    List<Thread> workers = new ArrayList<>();
    for (int worker = 0; worker < 8; worker++) {
      Path file = directory.resolve("parallel" + worker + ".mp4");
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < clips; i++) {
                    Clips.clip(e -> e.openFile(file), 10, Clips.Ending.CLOSED);
                    complete.addAndGet(Demuxer.countPackets(file)[0] == 10 ? 1 : 0);
                  }
                } catch (IOException | RuntimeException | Error e) {
                  failures.add(e);
                }
              });
      workers.add(thread);
      thread.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a clip failed", failures.get(0));
    }
    ChildReport.print("complete", complete.get());
    ChildReport.print("threads", ProcessWatch.threadsBackTo(threads) - threads);
  }
}
