package io.reelmux.ffmpeg.internal.option;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses parameters inside options that a library behind an encoder parses on its own ({@code
 * x264-params}) and FFmpeg does not check: those that make the library open files (first-pass
 * statistics, dumps, tables), read past a frame or run instructions that the processor lacks.
 */
final class LibraryParameters {

  /** Why a parameter is refused. */
  private enum Harm {
    OPENS_A_FILE(
        "the library would open a file of its own, but an encoder writes only to its destination"),
    CRASHES_THE_PROCESS("the library does not check it, and a wrong value crashes the process");

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

  /** Options that are lists of a library's own parameters, and the parameters refused in them. */
  private static final Map<String, Set<String>> LISTS =
      Map.of(
          "x264-params", X264,
          "x264opts", X264,
          "x265-params", X265,
          "svtav1-params", SVT_AV1,
          "aom-params", AOM);

  /**
   * Instruction sets are used unchecked; the size of the frame and the ownership of its memory are
   * read from these parameters instead of the frame.
   */
  private static final Set<String> UNCHECKED = Set.of("asm", "cpu", "input-res", "copy-pic");

  /** Values with which a refused parameter is harmless. */
  private static final Map<String, Set<String>> HARMLESS =
      Map.of(
          "scaling-list", Set.of("off", "default"),
          "asm", Set.of("auto", "0", "1", "false", "true", "no", "yes"),
          "copy-pic", Set.of("1", "true", "yes"));

  private LibraryParameters() {}

  /**
   * Refuses a harmful option.
   *
   * @param what the owner of the option, for the message
   * @throws IllegalArgumentException naming the option, or the parameter inside it
   */
  static void refuse(String what, String name, String value) {
    if (OPTIONS.contains(name)) {
      throw refused("option '" + name + "' of " + what, Harm.OPENS_A_FILE);
    }
    Set<String> files = LISTS.get(name);
    if (files != null) {
      // the library removes quotes and backslashes
      for (String pair : value.replaceAll("[\\\\'\\s]", "").split(":", -1)) {
        refusePair(files, pair, "of option '" + name + "' of " + what);
      }
    }
  }

  private static void refusePair(Set<String> files, String pair, String where) {
    String[] parts = pair.split("=", 2);
    // as the libraries parse it: --csv, no-csv and analysis_save are accepted too
    String key = parts[0].toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^-+", "");
    if (parts.length == 2 && HARMLESS.getOrDefault(key, Set.of()).contains(parts[1])) {
      return;
    }
    if (Stream.of(key, key.replaceFirst("^no-?", "")).anyMatch(files::contains)) {
      throw refused("parameter '" + parts[0] + "' " + where, Harm.OPENS_A_FILE);
    }
    boolean off = key.equals("no-asm");
    if (!off && Stream.of(key, key.replaceFirst("^no-?", "")).anyMatch(UNCHECKED::contains)) {
      throw refused("parameter '" + parts[0] + "' " + where, Harm.CRASHES_THE_PROCESS);
    }
  }

  private static IllegalArgumentException refused(String option, Harm harm) {
    return new IllegalArgumentException(option + " must not be set: " + harm.sentence);
  }
}
