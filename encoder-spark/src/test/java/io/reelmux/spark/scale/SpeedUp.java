package io.reelmux.spark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much faster a video is encoded by N slots than by one thread without cutting, from recorded
 * task times: writes {@code docs/spark-speedup.tsv} and {@code docs/images/spark-speedup.svg}.
 * Deterministic.
 */
final class SpeedUp {
  static final Path TABLE = Path.of("..", "docs", "spark-speedup.tsv");
  static final Path PLOT = Path.of("..", "docs", "images", "spark-speedup.svg");
  static final int[] SLOTS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  /** The recorded video has 48 chunks, a long one this many times as much. */
  private static final int REPEATS = 20;

  /** Spark's own time for a task: about 50 ms in local tests on a loaded machine. */
  private static final double DISPATCH = 0.05;

  private static final int SEEDS = 25;

  private final double[] chunks;
  private final double audio;
  private final double join;
  private final double uncut;

  SpeedUp(TaskTimes recorded) {
    double[] once = recorded.all("chunk");
    chunks = new double[once.length * REPEATS];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = once[i % once.length];
    }
    audio = recorded.one("audio") * REPEATS;
    join = recorded.one("join") * REPEATS;
    uncut = recorded.one("uncut") * REPEATS;
  }

  /** What goes wrong in each curve. */
  static Map<String, StageModel> models() {
    Map<String, StageModel> models = new LinkedHashMap<>();
    models.put("nothing goes wrong", new StageModel(1, DISPATCH, 0, 1, 0, false));
    models.put("1 % of the attempts fail", new StageModel(1, DISPATCH, 0, 1, 0.01, false));
    models.put("2 % take ten times as long", new StageModel(1, DISPATCH, 0.02, 10, 0, false));
    models.put("the same with speculation", new StageModel(1, DISPATCH, 0.02, 10, 0, true));
    return models;
  }

  /** Audio is the first task; the driver joins when all are done. */
  double of(StageModel model, int slots) {
    double[] tasks = new double[chunks.length + 1];
    tasks[0] = audio;
    System.arraycopy(chunks, 0, tasks, 1, chunks.length);
    double seconds = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      seconds += model.withSlots(slots).seconds(tasks, seed) / SEEDS;
    }
    return uncut / (seconds + join);
  }

  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("# written by SpeedUp from spark-task-times.tsv, its chunks " + REPEATS + " times");
    lines.add("slots\t" + String.join("\t", models().keySet()));
    for (int slots : SLOTS) {
      StringBuilder line = new StringBuilder().append(slots);
      for (StageModel model : models().values()) {
        line.append(String.format(Locale.ROOT, "\t%.2f", of(model, slots)));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  String plot() {
    Map<String, double[]> curves = new LinkedHashMap<>();
    models()
        .forEach(
            (name, model) -> {
              double[] values = new double[SLOTS.length];
              for (int i = 0; i < SLOTS.length; i++) {
                values[i] = of(model, SLOTS[i]);
              }
              curves.put(name, values);
            });
    return LogPlot.svg("slots", "times as fast as one thread, uncut", SLOTS, curves);
  }

  /** Writes both files; run in the directory of this module. */
  public static void main(String[] args) throws IOException {
    SpeedUp speedUp = new SpeedUp(TaskTimes.read());
    Files.write(TABLE, speedUp.table());
    Files.writeString(PLOT, speedUp.plot());
  }
}
