package io.reelmux.benchmarks;

import java.util.Locale;

/**
 * The measurement of one encoding by one contender in its own process.
 *
 * @param wallMillis time from opening the file to completing it
 * @param cpuSeconds CPU time of the whole process in that time, all threads
 * @param peakMiB peak memory of the process, frames included
 * @param extraMiB the same without the frames
 * @param javaBytes heap bytes that the feeding thread allocated per frame of the second half
 * @param fileBytes size of the file
 */
record Measurement(
    double wallMillis,
    double cpuSeconds,
    double peakMiB,
    double extraMiB,
    double javaBytes,
    double fileBytes) {

  /** The column names of {@link #toLine}. */
  static final String HEADER =
      "wall ms\tCPU s\tpeak MiB\textra MiB\tJava bytes a frame\tfile bytes";

  String toLine() {
    return String.format(
        Locale.ROOT,
        "%.1f\t%.3f\t%.1f\t%.1f\t%.0f\t%.0f",
        wallMillis,
        cpuSeconds,
        peakMiB,
        extraMiB,
        javaBytes,
        fileBytes);
  }

  static Measurement ofLine(String line) {
    String[] fields = line.split("\t", 6);
    return new Measurement(
        Double.parseDouble(fields[0]),
        Double.parseDouble(fields[1]),
        Double.parseDouble(fields[2]),
        Double.parseDouble(fields[3]),
        Double.parseDouble(fields[4]),
        Double.parseDouble(fields[5]));
  }
}
