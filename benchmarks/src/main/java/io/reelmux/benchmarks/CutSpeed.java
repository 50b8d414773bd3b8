package io.reelmux.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.reelmux.Encoder;
import io.reelmux.Output;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.cut.CutPlan;
import io.reelmux.cut.FrameSource;
import io.reelmux.cut.ParallelEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What it gains and costs to encode a video in chunks: wall-clock time, CPU time and size of
 * 1280x720, libx264 medium, crf 23, key frames every 2 seconds, as one piece with one thread and
 * with x264's own threads, and in chunks with one worker, two, and so on up to the number of
 * processors. All of them take turns; the medians are printed at the end, as ratios to one piece
 * with one thread. Let nothing else run on the machine.
 *
 * <p>Arguments: number of turns, number of frames, frames of a chunk.
 */
public final class CutSpeed {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int RATE = 30;
  private static final int CLIP = 90;

  private final List<byte[]> clip = clip();
  private final int frames;
  private final int chunk;
  private final Path folder;

  private CutSpeed(int frames, int chunk, Path folder) {
    this.frames = frames;
    this.chunk = chunk;
    this.folder = folder;
  }

  /** A way to encode the video. */
  private interface Way {
    void encode(Path file) throws IOException;
  }

  /** What a way needs. */
  private record Cost(double wall, double cpu, double bytes) {}

  /**
   * Runs the program.
   *
   * @param args turns, frames and frames of a chunk
   * @throws IOException if encoding fails
   */
  public static void main(String[] args) throws IOException {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int frames = args.length > 1 ? Integer.parseInt(args[1]) : 720;
    int chunk = args.length > 2 ? Integer.parseInt(args[2]) : 120;
    Path folder = Files.createTempDirectory("cut-speed");
    new CutSpeed(frames, chunk, folder).run(turns);
    Files.delete(folder);
  }

  private void run(int turns) throws IOException {
    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    // the first turn is a warm-up
    for (int turn = 0; turn <= turns; turn++) {
      for (Map.Entry<String, Way> way : ways().entrySet()) {
        Cost cost = measure(way.getValue());
        System.out.printf(
            Locale.ROOT,
            "%s%-28s wall %7.3f s, CPU %7.3f s, %,.0f bytes%n",
            turn == 0 ? "warm-up: " : "",
            way.getKey(),
            cost.wall,
            cost.cpu,
            cost.bytes);
        if (turn > 0) {
          costs.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(cost);
        }
      }
    }
    print(costs);
  }

  private Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("one piece, one thread", file -> single(file, options().threads(1)));
    ways.put("one piece, x264's threads", file -> single(file, options()));
    for (int n = 1; n <= Runtime.getRuntime().availableProcessors(); n++) {
      int workers = n;
      ways.put("chunks, workers: " + n, file -> chunks(file, workers));
    }
    return ways;
  }

  private static VideoOptions.Builder options() {
    return VideoOptions.builder(WIDTH, HEIGHT, RATE)
        .codec("libx264")
        .preset("medium")
        .crf(23)
        .keyFramesEvery(Duration.ofSeconds(2));
  }

  private VideoFrame frame(long number) {
    return VideoFrame.of(PixelLayout.I420, WIDTH, HEIGHT, clip.get((int) (number % clip.size())));
  }

  private void single(Path file, VideoOptions.Builder options) throws IOException {
    try (Encoder encoder = Encoder.create()) {
      VideoStream video = encoder.addVideo(options.build());
      encoder.openFile(file);
      for (int n = 0; n < frames; n++) {
        video.addFrame(frame(n));
      }
    }
  }

  private void chunks(Path file, int workers) throws IOException {
    CutPlan plan = CutPlan.of(options().build(), frames, Duration.ofMillis(1000L * chunk / RATE));
    ParallelEncoder.of(plan, FrameSource.of(this::frame))
        .workers(workers)
        .temporaryDirectory(folder)
        .encode(Output.file(file));
  }

  private Cost measure(Way way) throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    Path file = folder.resolve("out.mp4");
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    way.encode(file);
    Cost cost =
        new Cost(
            (System.nanoTime() - wall) / 1e9,
            (system.getProcessCpuTime() - cpu) / 1e9,
            Files.size(file));
    Files.delete(file);
    return cost;
  }

  private static void print(Map<String, List<Cost>> costs) {
    Cost base = median(costs.values().iterator().next());
    costs.forEach(
        (name, all) -> {
          Cost cost = median(all);
          System.out.printf(
              Locale.ROOT,
              "median: %-28s wall %7.3f s (%.3f), CPU %7.3f s (%.3f), size %.3f%n",
              name,
              cost.wall,
              cost.wall / base.wall,
              cost.cpu,
              cost.cpu / base.cpu,
              cost.bytes / base.bytes);
        });
  }

  private static Cost median(List<Cost> all) {
    return new Cost(
        median(all.stream().mapToDouble(Cost::wall).toArray()),
        median(all.stream().mapToDouble(Cost::cpu).toArray()),
        median(all.stream().mapToDouble(Cost::bytes).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  private static List<byte[]> clip() {
    Random random = new Random(1);
    List<byte[]> frames = new ArrayList<>();
    for (int k = 0; k < CLIP; k++) {
      byte[] i420 = new byte[WIDTH * HEIGHT * 3 / 2];
      for (int i = 0; i < i420.length; i++) {
        double across = Math.sin((i % WIDTH + 6 * k) / 40.0);
        double wave = 60 * across * Math.cos((i / WIDTH - 4 * k) / 30.0);
        i420[i] = (byte) (i < WIDTH * HEIGHT ? 128 + (int) wave + random.nextInt(8) : 128);
      }
      frames.add(i420);
    }
    return frames;
  }
}
