package io.reelmux.benchmarks;

import java.util.Locale;

/**
 * The measurement of one contender in its own process.
 *
 * @param wallMillis time from opening the file to closing it
 * @param cpuSeconds CPU time of the whole process in that time, all threads
 * @param frames frames that were read, or how often the file was opened
 */
record ReadMeasurement(double wallMillis, double cpuSeconds, int frames) {

  /** The column names of {@link #toLine}. */
  static final String HEADER = "wall ms\tCPU s\tframes";

  String toLine() {
    return String.format(Locale.ROOT, "%.1f\t%.3f\t%d", wallMillis, cpuSeconds, frames);
  }

  static ReadMeasurement ofLine(String line) {
    String[] fields = line.split("\t", 3);
    return new ReadMeasurement(
        Double.parseDouble(fields[0]), Double.parseDouble(fields[1]), Integer.parseInt(fields[2]));
  }

  double wallMillisPerFrame() {
    return wallMillis / frames;
  }

  double cpuMillisPerFrame() {
    return 1000 * cpuSeconds / frames;
  }
}
