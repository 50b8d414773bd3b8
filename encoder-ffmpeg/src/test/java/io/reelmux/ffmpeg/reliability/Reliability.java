package io.reelmux.ffmpeg.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How much a reliability test tries, and where it notes what came of it. */
public final class Reliability {

  /** Rows of the table, one file each; relative to the module, where surefire runs. */
  static final Path ROWS = Path.of("target", "reliability");

  private Reliability() {}

  /** Whether this is the long run of the profile {@code stress}. */
  public static boolean isLongRun() {
    return Boolean.getBoolean("reelmux.stress");
  }

  /** The number of trials of this run. */
  public static int times(int inEveryBuild, int inLongRun) {
    return isLongRun() ? inLongRun : inEveryBuild;
  }

  /**
   * As {@link #times(int, int)} for a trial of code that is the same in both natives: the long run
   * makes it long with the GPL ones only.
   */
  public static int timesOnGpl(int inEveryBuild, int inLongRun) {
    return isLongOnGpl() ? inLongRun : inEveryBuild;
  }

  /** Whether this is the long run with the GPL natives. */
  public static boolean isLongOnGpl() {
    return isLongRun() && natives().equals("gpl");
  }

  /** Which natives the tests run on. */
  public static String natives() {
    return System.getProperty("reelmux.natives", "gpl");
  }

  /**
   * Notes a row of the table. Called at the end of a test, when everything has held.
   *
   * @param fault what goes wrong
   * @param injection how it is made to
   * @param times how often it was tried
   * @param outcome what happened, with figures
   */
  public static void record(String fault, String injection, long times, String outcome) {
    String row = String.join("\t", natives(), fault, injection, Long.toString(times), outcome);
    String name = (natives() + "-" + fault).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    try {
      Files.createDirectories(ROWS);
      Files.writeString(ROWS.resolve(name + ".tsv"), row + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
