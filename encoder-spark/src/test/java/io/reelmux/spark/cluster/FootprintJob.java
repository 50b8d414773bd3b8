package io.reelmux.spark.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.reelmux.Encoder;
import io.reelmux.EncoderCatalog;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import io.reelmux.spark.ClipEncoder;
import io.reelmux.spark.ClipOptions;
import io.reelmux.spark.ClipOutput;
import io.reelmux.spark.Clips;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;

/**
 * The driver of a job of many short clips, in a JVM of its own, whose executors look at themselves.
 * Prints a line for each executor.
 */
final class FootprintJob {
  static final int CLIPS = 1000;
  private static final int CLIPS_PER_TASK = 5;
  private static final int FRAMES = 30;
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MAPS = Path.of("/proc/self/maps");

  private FootprintJob() {}

  /**
   * Runs the job.
   *
   * @param args what {@link LoopbackCluster#conf} reads, and the directory of the clips
   */
  public static void main(String[] args) throws Exception {
    // what the heap takes is there from the start, so that all that grows is outside of it
    String options = " -Xms512m -XX:+AlwaysPreTouch";
    var conf = LoopbackCluster.conf(args).setAppName("reelmux footprint");
    String java = "spark.executor.extraJavaOptions";
    try (JavaSparkContext spark = new JavaSparkContext(conf.set(java, conf.get(java) + options))) {
      CollectionAccumulator<Sample> samples = spark.sc().collectionAccumulator("samples");
      Clips.encode(
          spark.parallelize(IntStream.range(0, CLIPS).boxed().toList(), CLIPS / CLIPS_PER_TASK),
          new MeasuredClip(samples),
          args[3],
          ClipOptions.DEFAULT);
      Map<Long, List<Sample>> executors =
          List.copyOf(samples.value()).stream().collect(Collectors.groupingBy(Sample::pid));
      executors.forEach((pid, all) -> print(all));
    }
  }

  /** After a quarter of its clips, in which it compiles its code. */
  private static void print(List<Sample> all) {
    List<Sample> sorted = all.stream().sorted(Comparator.comparing(Sample::processNanos)).toList();
    Sample first = sorted.get(sorted.size() / 4);
    Sample last = sorted.get(sorted.size() - 1);
    double share =
        (double) (last.encodeNanos - first.encodeNanos) / (last.processNanos - first.processNanos);
    System.out.printf(
        Locale.ROOT,
        "EXECUTOR clips %d loaders %d libraries %d firstKb %d lastKb %d encoderShare %.3f%n",
        all.size(),
        all.stream().map(Sample::loader).distinct().count(),
        all.stream().mapToInt(Sample::libraries).max().orElseThrow(),
        mean(sorted.subList(sorted.size() / 4, sorted.size() / 2)),
        mean(sorted.subList(sorted.size() * 3 / 4, sorted.size())),
        share);
  }

  private static long mean(List<Sample> samples) {
    return Math.round(samples.stream().mapToLong(Sample::residentKb).average().orElseThrow());
  }

  /**
   * What an executor is like when it has encoded a clip.
   *
   * @param pid its process
   * @param loader of Reelmux's classes
   * @param libraries the number of files libavcodec that it has mapped
   * @param residentKb its memory
   * @param processNanos its CPU time so far
   * @param encodeNanos of which encoding its clips has taken, without making their images
   */
  record Sample(
      long pid, int loader, int libraries, long residentKb, long processNanos, long encodeNanos)
      implements Serializable {}

  /** Noise that moves. */
  record MeasuredClip(CollectionAccumulator<Sample> samples) implements ClipEncoder<Integer> {
    private static final AtomicLong ENCODE_NANOS = new AtomicLong();

    @Override
    public String name(Integer clip) {
      return "clip-%04d.mp4".formatted(clip);
    }

    @Override
    public void encode(Integer clip, ClipOutput output) throws IOException {
      Random random = new Random(clip);
      List<BufferedImage> images =
          IntStream.range(0, FRAMES).mapToObj(n -> image(n, random)).toList();
      var threads = ManagementFactory.getThreadMXBean();
      long start = threads.getCurrentThreadCpuTime();
      try (Encoder encoder = Encoder.create()) {
        VideoStream video =
            encoder.addVideo(
                VideoOptions.builder(WIDTH, HEIGHT, 30)
                    .codec("libx264")
                    .threads(output.cpus())
                    .build());
        output.open(encoder);
        for (BufferedImage image : images) {
          video.addFrame(VideoFrame.of(image));
        }
        encoder.finish();
      }
      ENCODE_NANOS.addAndGet(threads.getCurrentThreadCpuTime() - start);
      samples.add(sample());
    }

    private static BufferedImage image(int n, Random random) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
      for (int y = 0; y < HEIGHT; y += 4) {
        for (int x = 0; x < WIDTH; x += 4) {
          int gray = (x + 3 * n) / 2 % 200 + random.nextInt(40);
          for (int row = y; row < y + 4; row++) {
            Arrays.fill(pixels, row * WIDTH + x, row * WIDTH + x + 4, gray * 0x10101);
          }
        }
      }
      return image;
    }

    private static Sample sample() throws IOException {
      return new Sample(
          ProcessHandle.current().pid(),
          System.identityHashCode(EncoderCatalog.load().getClass().getClassLoader()),
          libraries(),
          residentKb(),
          ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime(),
          ENCODE_NANOS.get());
    }

    private static int libraries() throws IOException {
      try (Stream<String> lines = Files.lines(MAPS)) {
        return (int)
            lines
                .filter(line -> line.contains("libavcodec"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .count();
      }
    }

    private static long residentKb() throws IOException {
      try (Stream<String> lines = Files.lines(STATUS)) {
        return lines
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
      }
    }
  }
}
