package io.reelmux.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The findings of an {@link EncodeBenchmark}. */
final class EncodeReport {
  private static final List<String> COLUMNS =
      List.of(
          "Contender",
          "wall ms",
          "CPU s",
          "frames/s",
          "peak MiB (without frames)",
          "Java bytes/frame",
          "KB",
          "PSNR dB",
          "throughput, JavaCV = 1",
          "CPU, JavaCV = 1",
          "throughput, floor = 1",
          "CPU, floor = 1");

  private static final String WALL = "wall ms";
  private static final String CPU = "CPU s";
  private static final String BYTES = "file bytes";
  private static final String PSNR = "PSNR dB";

  /** By how much PSNR and size may differ from the previous result's. */
  private static final double TOLERANCE = 0.005;

  private final ResultFile result;
  private final Comparison comparison;
  private final int frames;

  EncodeReport(ResultFile result) {
    this.result = result;
    this.comparison = new Comparison(result);
    this.frames = Integer.parseInt(result.fact("frames"));
  }

  /** Returns the table of the figures, and that of the targets if there are some for the job. */
  List<Table> tables() {
    List<Target> targets = new ArrayList<>(targets());
    if (comparison.has(Contender.REELMUX_BEFORE.name())) {
      targets.add(
          Target.atMost(
              "I420: CPU time / the earlier build's",
              ratio(Contender.REELMUX_I420_HEAP, Contender.REELMUX_BEFORE, CPU),
              1.01));
    }
    Table figures = new Table(COLUMNS, contenders().stream().map(this::line).toList());
    return targets.isEmpty() ? List.of(figures) : List.of(figures, Target.table(targets));
  }

  /** Compares what the contenders wrote with what they wrote before. */
  Table outputs(ResultFile before) {
    Comparison earlier = new Comparison(before);
    List<List<String>> rows = new ArrayList<>();
    for (Contender contender : contenders()) {
      if (before.columns().contains(PSNR) && earlier.has(contender.name())) {
        double psnr = comparison.median(contender.name(), PSNR);
        double psnrBefore = earlier.median(contender.name(), PSNR);
        double bytes = comparison.median(contender.name(), BYTES);
        double bytesBefore = earlier.median(contender.name(), BYTES);
        boolean same = isSame(psnr, psnrBefore) && isSame(bytes, bytesBefore);
        rows.add(
            List.of(
                contender.title(),
                Table.figure("%.3f", psnrBefore),
                Table.figure("%.3f", psnr),
                Table.figure("%.0f", bytesBefore),
                Table.figure("%.0f", bytes),
                same ? "same" : "DIFFERENT"));
      }
    }
    return new Table(
        List.of("Output", "PSNR before", "now", "bytes before", "now", "within 0.5 %"), rows);
  }

  private static boolean isSame(double now, double before) {
    return Math.abs(now / before - 1) <= TOLERANCE;
  }

  private List<Contender> contenders() {
    return Arrays.stream(Contender.values()).filter(c -> comparison.has(c.name())).toList();
  }

  private List<String> line(Contender contender) {
    String name = contender.name();
    double wall = comparison.median(name, WALL);
    double extra = comparison.median(name, "extra MiB");
    return List.of(
        contender.title(),
        Table.figure("%.0f", wall),
        Table.figure("%.2f", comparison.median(name, CPU)),
        Table.figure("%.0f", 1000 * frames / wall),
        Table.figure("%.0f", comparison.median(name, "peak MiB")) + Table.figure(" (%.0f)", extra),
        Table.figure("%.0f", comparison.median(name, "Java bytes a frame")),
        Table.figure("%.0f", comparison.median(name, BYTES) / 1000),
        Table.figure("%.2f", comparison.median(name, PSNR)),
        Table.figure("%.2f", 1 / ratio(contender, Contender.JAVACV_RGB24, WALL)),
        Table.figure("%.2f", ratio(contender, Contender.JAVACV_RGB24, CPU)),
        Table.figure("%.2f", 1 / ratio(contender, Contender.FLOOR, WALL)),
        Table.figure("%.2f", ratio(contender, Contender.FLOOR, CPU)));
  }

  /** Returns the targets, which are those of x264 at 1280x720. */
  private List<Target> targets() {
    if (!result.fact("size").equals("1280x720")) {
      return List.of();
    }
    String encoder = result.fact("encoder");
    if (encoder.startsWith("libx264 ultrafast")) {
      return fastestTargets();
    }
    if (encoder.startsWith("libx264 veryfast")) {
      return List.of(commandTarget(1.05));
    }
    return encoder.startsWith("libx264 medium") ? List.of(commandTarget(1.0)) : List.of();
  }

  private Target commandTarget(double required) {
    return Target.atLeast(
        "RGB24: the ffmpeg command's wall clock / Reelmux's",
        ratio(Contender.FFMPEG_COMMAND, Contender.REELMUX_RGB24_HEAP, WALL),
        required);
  }

  private List<Target> fastestTargets() {
    return List.of(
        cpuTarget("RGB24, heap", Contender.REELMUX_RGB24_HEAP, 1.30, 1.17),
        cpuTarget("RGB24, direct", Contender.REELMUX_RGB24_DIRECT, 1.30, 1.17),
        cpuTarget("RGBA", Contender.REELMUX_RGBA_HEAP, 1.30, 1.17),
        cpuTarget("BufferedImage", Contender.REELMUX_IMAGE, 1.30, 1.17),
        cpuTarget("RGB_PLANAR, heap", Contender.REELMUX_PLANAR_HEAP, 1.25, 1.15),
        cpuTarget("RGB_PLANAR, direct", Contender.REELMUX_PLANAR_DIRECT, 1.25, 1.15),
        cpuTarget("I420", Contender.REELMUX_I420_HEAP, 1.03, 1.03),
        javaCvTarget("RGB24, heap", Contender.REELMUX_RGB24_HEAP),
        javaCvTarget("RGB24, direct", Contender.REELMUX_RGB24_DIRECT),
        commandTarget(1.1),
        Target.atMost(
            "RGB24, heap: Java heap per frame, bytes",
            comparison.median(Contender.REELMUX_RGB24_HEAP.name(), "Java bytes a frame"),
            256));
  }

  private Target cpuTarget(String work, Contender contender, double required, double goal) {
    return Target.atMost(
        work + ": CPU time / the floor's", ratio(contender, Contender.FLOOR, CPU), required, goal);
  }

  private Target javaCvTarget(String work, Contender contender) {
    return Target.atLeast(
        work + ": JavaCV's wall clock / Reelmux's",
        ratio(Contender.JAVACV_RGB24, contender, WALL),
        1.28,
        1.45);
  }

  private double ratio(Contender contender, Contender base, String column) {
    return comparison.ratio(contender.name(), base.name(), column);
  }
}
