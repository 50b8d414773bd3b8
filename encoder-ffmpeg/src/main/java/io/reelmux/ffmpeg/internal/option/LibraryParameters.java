package io.reelmux.ffmpeg.internal.option;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses parameters inside options that the library behind an encoder parses on its own ({@code
 * x264-params}) and FFmpeg does not check: those that make the library open files (first-pass
 * statistics, dumps, tables), read past a frame or run instructions that the processor lacks.
 */
public final class LibraryParameters {

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

  /** Options of an encoder itself that open files. */
  private static final Set<String> FILE_OPTIONS = Set.of("stats", "passlogfile", "x265-stats");

  /** Instruction sets by name or number are used unchecked. */
  private static final Set<String> INSTRUCTION_SETS = Set.of("asm", "cpu");

  private static final Set<String> HARMLESS_INSTRUCTION_SETS =
      Set.of("auto", "0", "1", "false", "true", "no", "yes");

  /** For an encoder without such options. */
  public static final LibraryParameters NONE = in();

  /** What FFmpeg logs about a parameter that a library does not know or understand. */
  private static final String NOT_ACCEPTED =
      "Error parsing option|Unknown option:|Invalid value for|bad option '|bad value for"
          + "|: Invalid parameter";

  /** The options that are lists of parameters; ours go into the first. */
  private final List<String> lists;

  private final Set<String> opensFile;
  private final Set<String> crashes;

  /** Values with which a refused parameter is harmless. */
  private final Map<String, Set<String>> harmless;

  private LibraryParameters(
      List<String> lists,
      Set<String> opensFile,
      Set<String> crashes,
      Map<String, Set<String>> harmless) {
    this.lists = lists;
    this.opensFile = opensFile;
    this.crashes = crashes;
    this.harmless = harmless;
  }

  /** The parameters of a library in these options of its encoder. */
  public static LibraryParameters in(String... options) {
    return new LibraryParameters(
        List.of(options), Set.of(), INSTRUCTION_SETS, Map.of("asm", HARMLESS_INSTRUCTION_SETS));
  }

  /** Refuses these parameters, with which the library opens a file. */
  public LibraryParameters openingFiles(String... names) {
    return new LibraryParameters(lists, Set.of(names), crashes, harmless);
  }

  /** Refuses these parameters, with which the library reads or runs what is not there. */
  public LibraryParameters crashing(String... names) {
    Set<String> all = new HashSet<>(crashes);
    all.addAll(List.of(names));
    return new LibraryParameters(lists, opensFile, all, harmless);
  }

  /** Accepts a refused parameter with these values. */
  public LibraryParameters harmlessWith(String name, String... values) {
    Map<String, Set<String>> all = new LinkedHashMap<>(harmless);
    all.put(name, Set.of(values));
    return new LibraryParameters(lists, opensFile, crashes, all);
  }

  /**
   * Returns the caller's options with our parameters in them, before those of the caller. A
   * parameter that the caller sets is the caller's.
   *
   * @param own the caller's options
   * @param ours our parameters
   */
  public Map<String, String> join(Map<String, String> own, Map<String, String> ours) {
    Set<String> taken = new HashSet<>();
    for (String list : lists) {
      for (String pair : pairs(own, list)) {
        taken.add(positive(key(pair)));
      }
    }
    Set<String> needed = new TreeSet<>();
    for (Map.Entry<String, String> entry : ours.entrySet()) {
      if (!taken.contains(entry.getKey())) {
        needed.add(entry.getKey() + "=" + entry.getValue());
      }
    }
    if (needed.isEmpty()) {
      return own;
    }
    Map<String, String> all = new LinkedHashMap<>(own);
    String theirs = own.get(lists.get(0));
    String added = String.join(":", needed);
    all.put(lists.get(0), theirs == null ? added : added + ":" + theirs);
    return all;
  }

  /**
   * Returns the parameters in an option, each with its values; none if the option is not a list.
   *
   * @param value the value of the option
   */
  Map<String, List<String>> values(String option, String value) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (lists.contains(option)) {
      for (String pair : pairs(value)) {
        String[] parts = pair.split("=", 2);
        if (parts.length == 2) {
          values.computeIfAbsent(key(pair), name -> new ArrayList<>()).add(parts[1]);
        }
      }
    }
    return values;
  }

  /** Returns the values of a parameter in all lists of the caller's. */
  public List<String> values(Map<String, String> own, String name) {
    return lists.stream()
        .map(list -> values(list, own.getOrDefault(list, "")))
        .flatMap(values -> values.getOrDefault(name, List.of()).stream())
        .toList();
  }

  /** Whether an option is a list of parameters. */
  boolean isList(String option) {
    return lists.contains(option);
  }

  /** Refuses parameters in the caller's options that repeat a setting. */
  void refuseDuplicate(
      boolean isSet, String setting, Map<String, String> own, @Nullable Set<String> names) {
    if (!isSet || names == null) {
      return;
    }
    for (String list : lists) {
      for (String pair : pairs(own, list)) {
        String key = key(pair);
        if (names.contains(key) || names.contains(positive(key))) {
          throw new IllegalArgumentException(
              "parameter '"
                  + key
                  + "' of option '"
                  + list
                  + "' and "
                  + setting
                  + " say the same thing: set one of them");
        }
      }
    }
  }

  /**
   * Refuses parameters that the library did not accept: FFmpeg only logs that, and goes on.
   *
   * @param what the owner of the options, for the message
   * @param own the caller's options
   * @param log what FFmpeg logged when the encoder was opened
   * @throws IllegalArgumentException with the library's words
   */
  public void requireAccepted(String what, Map<String, String> own, List<String> log) {
    if (Collections.disjoint(lists, own.keySet())) {
      return;
    }
    List<String> set = lists.stream().filter(own::containsKey).toList();
    log.stream()
        .filter(Pattern.compile(NOT_ACCEPTED).asPredicate())
        .findFirst()
        .ifPresent(
            line -> {
              throw new IllegalArgumentException(
                  "option '"
                      + String.join("' or '", set)
                      + "' of "
                      + what
                      + " has a parameter that the library does not accept: "
                      + line.replaceFirst("^\\[[^\\]]*\\] *", ""));
            });
  }

  /** Returns the parameters in a list of the caller's. */
  private static List<String> pairs(Map<String, String> own, String list) {
    String value = own.get(list);
    return value == null ? List.of() : pairs(value);
  }

  private static List<String> pairs(String value) {
    // the library removes quotes and backslashes
    return List.of(value.replaceAll("[\\\\'\\s]", "").split(":", -1));
  }

  /** The name of a parameter as the libraries parse it: --csv and analysis_save are accepted. */
  private static String key(String pair) {
    return pair.split("=", 2)[0].toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("^-+", "");
  }

  private static String positive(String key) {
    return key.replaceFirst("^no-?", "");
  }

  /**
   * Refuses a harmful option.
   *
   * @param what the owner of the option, for the message
   * @throws IllegalArgumentException naming the option, or the parameter inside it
   */
  void check(String what, String name, String value) {
    if (FILE_OPTIONS.contains(name)) {
      throw refused("option '" + name + "' of " + what, Harm.OPENS_A_FILE);
    }
    if (lists.contains(name)) {
      for (String pair : pairs(value)) {
        checkPair(pair, "of option '" + name + "' of " + what);
      }
    }
  }

  private void checkPair(String pair, String where) {
    String[] parts = pair.split("=", 2);
    String key = key(pair);
    if (parts.length == 2 && harmless.getOrDefault(key, Set.of()).contains(parts[1])) {
      return;
    }
    String positive = positive(key);
    if (opensFile.contains(key) || opensFile.contains(positive)) {
      throw refused("parameter '" + parts[0] + "' " + where, Harm.OPENS_A_FILE);
    }
    boolean off = key.equals("no-asm");
    if (!off && (crashes.contains(key) || crashes.contains(positive))) {
      throw refused("parameter '" + parts[0] + "' " + where, Harm.CRASHES_THE_PROCESS);
    }
  }

  private static IllegalArgumentException refused(String option, Harm harm) {
    return new IllegalArgumentException(option + " must not be set: " + harm.sentence);
  }
}
