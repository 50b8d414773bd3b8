package io.reelmux.ffmpeg.internal.choose;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What must not be said in options that a library inside an encoder reads by itself ({@code
 * x264-params}), where FFmpeg checks nothing: a library that opens files of its own (statistics of
 * a first pass, dumps, tables), and one that reads past a picture or runs instructions that the
 * processor lacks.
 */
final class LibraryParameters {

  /** Why a parameter is refused. */
  private enum Harm {
    OPENS_A_FILE(
        "the library would open a file of its own, and an encoder writes to its destination and"
            + " nowhere else"),
    ENDS_THE_PROCESS("the library does not check it, and a wrong value ends the process");

    private final String sentence;

    Harm(String sentence) {
      this.sentence = sentence;
    }
  }

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

  /**
   * Instruction sets by name or number are run unseen; the size of the picture and who keeps its
   * memory are taken from here instead of the frame.
   */
  private static final Set<String> DEADLY = Set.of("asm", "cpu", "input-res", "copy-pic");

  /** Values by which a refused parameter does no harm. */
  private static final Map<String, Set<String>> HARMLESS =
      Map.of(
          "scaling-list", Set.of("off", "default"),
          "asm", Set.of("auto", "0", "1", "false", "true", "no", "yes"),
          "copy-pic", Set.of("1", "true", "yes"));

  private LibraryParameters() {}

  /**
   * Refuses an option that does harm.
   *
   * @param what whose option it is, for the message
   * @throws IllegalArgumentException naming the option, or the parameter inside it
   */
  static void refuse(String what, String name, String value) {
    if (OPTIONS.contains(name)) {
      throw refused("option '" + name + "' of " + what, Harm.OPENS_A_FILE);
    }
    Set<String> files = LISTS.get(name);
    if (files != null) {
      // the library joins what quotes and backslashes divide
      for (String pair : value.replaceAll("[\\\\'\\s]", "").split(":", -1)) {
        refusePair(files, pair, "of option '" + name + "' of " + what);
      }
    }
  }

  private static void refusePair(Set<String> files, String pair, String where) {
    String[] parts = pair.split("=", 2);
    // as the libraries read it: --csv, no-csv and analysis_save are known too
    String key = parts[0].toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^-+", "");
    if (parts.length == 2 && HARMLESS.getOrDefault(key, Set.of()).contains(parts[1])) {
      return;
    }
    if (Stream.of(key, key.replaceFirst("^no-?", "")).anyMatch(files::contains)) {
      throw refused("parameter '" + parts[0] + "' " + where, Harm.OPENS_A_FILE);
    }
    boolean off = key.equals("no-asm");
    if (!off && Stream.of(key, key.replaceFirst("^no-?", "")).anyMatch(DEADLY::contains)) {
      throw refused("parameter '" + parts[0] + "' " + where, Harm.ENDS_THE_PROCESS);
    }
  }

  private static IllegalArgumentException refused(String option, Harm harm) {
    return new IllegalArgumentException(option + " must not be set: " + harm.sentence);
  }
}
