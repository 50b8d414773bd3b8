package io.reelmux.ffmpeg.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How often a reliability test repeats its trials, and where it records the outcome. */
public final class Reliability {

  /** Rows of the table, one file each; relative to the module, where Surefire runs. */
  static final Path ROWS = Path.of("target", "reliability");

  private Reliability() {}

  /** Returns whether this is the long run of the {@code stress} profile. */
  public static boolean isLongRun() {
    return Boolean.getBoolean("reelmux.stress");
  }

  /** Returns the number of trials of this run. */
  public static int times(int inEveryBuild, int inLongRun) {
    return isLongRun() ? inLongRun : inEveryBuild;
  }

  /**
   * Like {@link #times(int, int)}, for a trial of code that is the same in both FFmpeg builds. It
   * is long only in the long run with the GPL build.
   */
  public static int timesOnGpl(int inEveryBuild, int inLongRun) {
    return isLongOnGpl() ? inLongRun : inEveryBuild;
  }

  /** Returns whether this is the long run with the GPL build. */
  public static boolean isLongOnGpl() {
    return isLongRun() && license().equals("gpl");
  }

  /** Returns the license of the FFmpeg build that the tests run on, {@code gpl} or {@code lgpl}. */
  public static String license() {
    return System.getProperty("reelmux.natives", "gpl");
  }

  /**
   * Records a row of the table. Called at the end of a test, once everything has passed.
   *
   * @param fault the fault
   * @param injection how it is injected
   * @param times how often it was injected
   * @param outcome the outcome, with figures
   */
  public static void record(String fault, String injection, long times, String outcome) {
    String row = String.join("\t", license(), fault, injection, Long.toString(times), outcome);
    String name = (license() + "-" + fault).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    try {
      Files.createDirectories(ROWS);
      Files.writeString(ROWS.resolve(name + ".tsv"), row + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
