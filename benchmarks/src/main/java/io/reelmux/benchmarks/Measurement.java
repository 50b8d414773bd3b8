package io.reelmux.benchmarks;

import java.util.Locale;

/**
 * One encoding by one contender in a process of its own.
 *
 * @param wallMillis from the opening of the file to its completion
 * @param cpuSeconds of the whole process in that time, all threads
 * @param peakMiB most memory of the process, pictures included
 * @param extraMiB the same without the pictures
 * @param javaBytes heap bytes that the feeding thread allocated for each frame of the second half
 * @param fileBytes size of the file
 */
record Measurement(
    double wallMillis,
    double cpuSeconds,
    double peakMiB,
    double extraMiB,
    double javaBytes,
    double fileBytes) {

  /** Names of the columns of {@link #toLine}. */
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
