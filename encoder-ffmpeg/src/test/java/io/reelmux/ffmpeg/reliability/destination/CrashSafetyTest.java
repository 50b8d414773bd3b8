package io.reelmux.ffmpeg.reliability.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.ffmpeg.reliability.Reliability;
import io.reelmux.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment loses at most the last second and what the codec holds. */
@Timeout(1200)
class CrashSafetyTest {

  /** How much of what the muxer received a killed process may lose: one second and one packet. */
  private static final long LOST_MILLIS = 1000 + 2 * 1000L / CrashChild.RATE;

  @TempDir Path directory;

  /** The media that a child process encodes. */
  record Media(String extension, boolean video, boolean audio, int gop) {}

  private static final Map<String, List<Media>> MEDIA =
      Map.of(
          "mp4",
          List.of(
              new Media("mp4", true, true, 100_000),
              new Media("m4a", false, true, 0),
              new Media("mp4", true, true, 25),
              new Media("mp4", true, false, 50)),
          "mov",
          List.of(
              new Media("mov", true, true, 100_000),
              new Media("mov", true, false, 50),
              new Media("mov", false, true, 0)),
          "mkv",
          List.of(
              new Media("mkv", true, true, 100_000),
              new Media("mkv", false, true, 0),
              new Media("mkv", true, false, 50)),
          "ts",
          List.of(
              new Media("ts", true, true, 50),
              new Media("ts", true, false, 100_000),
              new Media("ts", false, true, 0)));

  /** The outcome of one kill, and how far the process had come. */
  record Loss(long fed, long muxedMillis, int frames, long samples) {}

  @Test
  void kill_atRandomMoment_losesAtMostTheLastSecond() throws Exception {
    int times = Reliability.times(1, 50);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, List<Callable<Loss>>> trials = new TreeMap<>();
    MEDIA.forEach((container, media) -> trials.put(container, trials(media, times, random)));
    ExecutorService threads = Executors.newFixedThreadPool(Reliability.times(4, 6));
    try {
      Map<String, List<Future<Loss>>> running = new TreeMap<>();
      trials.forEach(
          (container, kills) ->
              running.put(container, kills.stream().map(threads::submit).toList()));
      for (Map.Entry<String, List<Future<Loss>>> kills : running.entrySet()) {
        List<Loss> losses = new ArrayList<>();
        for (Future<Loss> loss : kills.getValue()) {
          losses.add(loss.get());
        }
        assertThat(losses).as("seed %d", seed).allMatch(loss -> loss.fed > 0);
        record(kills.getKey(), losses);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Callable<Loss>> trials(List<Media> variants, int times, Random random) {
    List<Callable<Loss>> trials = new ArrayList<>();
    int first = random.nextInt(variants.size());
    for (int i = 0; i < times; i++) {
      Media media = variants.get((first + i) % variants.size());
      String name = "killed-" + media.extension + "-" + i;
      long alive =
          Reliability.isLongRun() ? 500L + random.nextInt(7500) : 3000L + random.nextInt(1500);
      trials.add(() -> kill(media, name, alive));
    }
    return trials;
  }

  private static void record(String container, List<Loss> losses) {
    Reliability.record(
        "kill -9 of the JVM that writes " + container,
        "at a random moment of the first eight seconds, to a file, at the rate of a camera; one key"
            + " frame in all, or one every one or two seconds; video, audio, and both",
        losses.size(),
        "all but the last second of what was muxed decodes, the right frames in the right order;"
            + " %.1f s muxed, %d frames and %.1f s of audio decoded"
                .formatted(
                    losses.stream().mapToLong(Loss::muxedMillis).sum() / 1000.0,
                    losses.stream().mapToLong(Loss::frames).sum(),
                    losses.stream().mapToLong(Loss::samples).sum() / (double) Clip.AUDIO_RATE));
  }

  private Loss kill(Media media, String name, long aliveMillis) throws Exception {
    Path file = directory.resolve(name + "." + media.extension);
    List<String> lines = runAndKill(file, media, aliveMillis);
    long fed = lines.stream().filter(line -> line.startsWith("fed")).count();
    List<long[]> muxed =
        lines.stream()
            .filter(line -> line.startsWith("muxed"))
            .map(line -> line.split(" ", -1))
            .map(
                cells ->
                    new long[] {
                      Long.parseLong(cells[1]), Long.parseLong(cells[2]), Long.parseLong(cells[3])
                    })
            .toList();
    long end = muxed.stream().mapToLong(packet -> packet[2]).max().orElse(0);
    long safe = end - LOST_MILLIS;
    Played played = Played.of(file);
    String what = "%s after %d ms: %d fed, muxed to %d ms".formatted(media, aliveMillis, fed, end);
    int audioIndex = media.video ? 1 : 0;
    if (media.video) {
      // in decoding order: what was muxed before that time
      int decodable =
          (int) muxed.stream().filter(packet -> packet[0] == 0 && packet[2] < safe).count();
      // the last of them may refer to lost frames
      int shown = Math.max(0, decodable - 3);
      assertThat(played.frames()).as(what).hasSizeGreaterThanOrEqualTo(shown);
      assertThat(played.frames().subList(0, shown))
          .as(what)
          .isEqualTo(IntStream.range(0, shown).boxed().toList());
    }
    if (media.audio) {
      long packets =
          muxed.stream().filter(packet -> packet[0] == audioIndex && packet[2] < safe).count();
      assertThat(played.samples()).as(what).isGreaterThanOrEqualTo(Math.max(0, packets - 2) * 1024);
    }
    return new Loss(fed, Math.max(0, end), played.frames().size(), played.samples());
  }

  /** Returns the complete lines that the child printed. */
  static List<String> runAndKill(Path file, Media media, long aliveMillis) throws Exception {
    ChildJvm.Started child =
        ChildJvm.of(CrashChild.class)
            .with(file, media.video, media.audio, Math.max(1, media.gop))
            .start();
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (Files.size(child.out()) == 0 && child.process().isAlive() && System.nanoTime() < limit) {
      Thread.sleep(10);
    }
    Thread.sleep(aliveMillis);
    boolean alive = child.process().isAlive();
    child.process().destroyForcibly().waitFor();
    ChildJvm.Result result = child.await(Duration.ofSeconds(10));
    assertThat(alive).as(result.err()).isTrue();
    return result.out().lines().filter(line -> line.endsWith(" .")).toList();
  }
}
