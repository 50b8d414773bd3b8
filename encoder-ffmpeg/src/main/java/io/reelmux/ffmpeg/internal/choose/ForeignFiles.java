package io.reelmux.ffmpeg.internal.choose;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Options by which a library inside an encoder would open files of its own: statistics of a first
 * pass, dumps, tables. An encoder writes to its destination and nowhere else.
 */
final class ForeignFiles {

  /** Options of the encoder itself. */
  private static final Set<String> OPTIONS = Set.of("stats", "passlogfile");

  private static final Set<String> X264 =
      Set.of("stats", "pass", "dump-yuv", "cqmfile", "qpfile", "opencl", "opencl-clbin");

  private static final Set<String> X265 =
      Set.of(
          "stats",
          "pass",
          "csv",
          "analysis-save",
          "analysis-load",
          "analysis-reuse-file",
          "multi-pass-opt-analysis",
          "multi-pass-opt-distortion",
          "scaling-list",
          "lambda-file",
          "nalu-file",
          "dhdr10-info",
          "dolby-vision-rpu",
          "film-grain",
          "aom-film-grain",
          "zonefile",
          "qpfile",
          "recon",
          "log-file");

  private static final Set<String> SVT_AV1 =
      Set.of("stats", "pass", "recon", "qpfile", "roi-map-file", "fgs-table", "errlog");

  private static final Set<String> AOM =
      Set.of(
          "film-grain-table",
          "vmaf-model-path",
          "second-pass-log",
          "partition-info-path",
          "rate-distribution-info");

  /** Options that are lists of a library's own parameters, and what is not allowed in them. */
  private static final Map<String, Set<String>> LISTS =
      Map.of(
          "x264-params", X264,
          "x264opts", X264,
          "x265-params", X265,
          "svtav1-params", SVT_AV1,
          "aom-params", AOM);

  /** Values of scaling-list that are no file. */
  private static final Set<String> BUILT_IN = Set.of("off", "default");

  private ForeignFiles() {}

  /**
   * Refuses an option that opens files.
   *
   * @param what whose option it is, for the message
   * @throws IllegalArgumentException naming the option, or the parameter inside it
   */
  static void refuse(String what, String name, String value) {
    if (OPTIONS.contains(name)) {
      throw refused("option '" + name + "' of " + what);
    }
    Set<String> forbidden = LISTS.get(name);
    if (forbidden != null) {
      // the library joins what quotes and backslashes divide
      for (String pair : value.replaceAll("[\\\\'\\s]", "").split(":", -1)) {
        refusePair(forbidden, pair, "of option '" + name + "' of " + what);
      }
    }
  }

  private static void refusePair(Set<String> forbidden, String pair, String where) {
    String[] parts = pair.split("=", 2);
    // as the libraries read it: --csv, no-csv and analysis_save are known too
    String key = parts[0].toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^-+", "");
    boolean builtIn =
        key.equals("scaling-list") && parts.length == 2 && BUILT_IN.contains(parts[1]);
    boolean opens =
        Stream.of(key, key.replaceFirst("^no-?", "")).anyMatch(forbidden::contains) && !builtIn;
    if (opens) {
      throw refused("parameter '" + parts[0] + "' " + where);
    }
  }

  private static IllegalArgumentException refused(String option) {
    return new IllegalArgumentException(
        option
            + " must not be set: the library would open a file of its own, and an encoder writes to"
            + " its destination and nowhere else");
  }
}
