package io.reelmux.ffmpeg.internal.option;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_filter_iterate;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_filter_pad_count;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.AVFILTER_FLAG_DYNAMIC_INPUTS;
import static org.bytedeco.ffmpeg.global.avfilter.AVFILTER_FLAG_HWDEVICE;

import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.bytedeco.ffmpeg.avfilter.AVFilter;
import org.bytedeco.ffmpeg.avutil.AVClass;
import org.bytedeco.ffmpeg.avutil.AVOption;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** Accepts and refuses the filters of a stream, by what is known of them. */
public final class FilterRules implements FilterGraph.Checks {

  private final boolean filesAllowed;
  private final String allowing;
  private final boolean palettes;

  /**
   * Creates rules.
   *
   * @param filesAllowed whether filters may open files, devices and connections
   */
  public FilterRules(boolean filesAllowed) {
    this(filesAllowed, ": allow it by allowFilterFiles(true)", /* palettes= */ false);
  }

  private FilterRules(boolean filesAllowed, String allowing, boolean palettes) {
    this.filesAllowed = filesAllowed;
    this.allowing = allowing;
    this.palettes = palettes;
  }

  /** Returns the same rules, with the filters of palettes accepted. */
  public FilterRules withPalettes() {
    return new FilterRules(filesAllowed, allowing, /* palettes= */ true);
  }

  /** Returns rules for reading, where filters never open files, devices and connections. */
  public static FilterRules reading() {
    return new FilterRules(false, ", which filters of a reader must not", /* palettes= */ false);
  }

  /**
   * Returns why filters do not give one frame for each, made of that frame alone.
   *
   * @return a sentence; null if they do
   */
  public static @Nullable String dependence(List<FilterGraph.Described> filters) {
    for (FilterGraph.Described filter : filters) {
      String name = baseName(filter);
      if (!KnownFilters.FRAME_BY_FRAME.contains(name)) {
        return "the filter '" + name + "' depends on the frames before or changes their number";
      }
      for (Map.Entry<String, String> option : filter.options().entrySet()) {
        if (KnownFilters.COUNTING.matcher(option.getValue()).matches()) {
          return "the option '"
              + option.getKey()
              + "' of the filter '"
              + name
              + "' depends on the frames before";
        }
      }
    }
    return null;
  }

  private static String baseName(FilterGraph.Described described) {
    return described.filter().replaceFirst("@.*", "");
  }

  /** Whether frames may leave these filters at any time, whatever FFmpeg reports. */
  public static boolean retime(List<FilterGraph.Described> filters) {
    boolean retimed = false;
    for (FilterGraph.Described filter : filters) {
      retimed |= KnownFilters.RETIMING.contains(filter.filter());
      retimed &= !KnownFilters.CONSTANT.contains(filter.filter());
    }
    return retimed;
  }

  /** Returns the pixel formats that the last filter of this kind asks for. */
  public static List<String> lastFormats(List<FilterGraph.Described> filters) {
    return filters.stream()
        .filter(filter -> filter.filter().equals("format"))
        .map(filter -> List.of(filter.options().getOrDefault("pix_fmts", "").split("\\|")))
        .reduce(List.of(), (before, last) -> last);
  }

  @Override
  public void explain(String description) {
    Matcher names = KnownFilters.NAME.matcher(description.replaceAll("\\\\.|'[^']*'", "x"));
    while (names.find()) {
      requireKnown(names.group(1));
    }
  }

  private static AVFilter requireKnown(String name) {
    AVFilter filter = avfilter_get_by_name(name);
    if (filter == null || filter.isNull()) {
      throw new IllegalArgumentException(
          "unknown filter '" + name + "'" + Suggestions.hint(name, names()));
    }
    return filter;
  }

  @Override
  public void check(FilterGraph.Described described) {
    String name = baseName(described);
    AVFilter filter = requireKnown(name);
    if (!filesAllowed && KnownFilters.OPENING.contains(name)) {
      throw refused("filter '" + name + "'");
    }
    if ((filter.flags() & AVFILTER_FLAG_HWDEVICE) != 0) {
      throw new IllegalArgumentException(
          "filter '" + name + "' requires frames in a device's memory");
    }
    if (KnownFilters.AUDIO_TIMES.contains(name)) {
      throw new IllegalArgumentException(
          "filter '" + name + "' would have no effect: samples follow each other");
    }
    refuseEndless(name, filter, described.options());
    for (String option : described.options().keySet()) {
      if (!filesAllowed && opensFile(filter, name, option)) {
        throw refused("option '" + option + "' of filter '" + name + "'");
      }
    }
    boolean known =
        KnownFilters.ACCEPTED.contains(name) || (palettes && KnownFilters.PALETTES.contains(name));
    if (!KnownFilters.OPENING.contains(name) && !known) {
      throw new IllegalArgumentException(
          "filter '" + name + "' is not accepted; these are: " + String.join(", ", accepted()));
    }
  }

  private static void refuseEndless(String name, AVFilter filter, Map<String, String> options) {
    boolean source =
        avfilter_filter_pad_count(filter, 0) == 0
            && (filter.flags() & AVFILTER_FLAG_DYNAMIC_INPUTS) == 0;
    if ((source && !KnownFilters.OPENING.contains(name)) || KnownFilters.CIRCULAR.contains(name)) {
      throw endless(name, "make its frames in the program");
    }
    for (String limit : KnownFilters.LIMITS.getOrDefault(name, List.of())) {
      if (!KnownFilters.COUNT.matcher(options.getOrDefault(limit, "0")).matches()) {
        throw endless(name, "set its option '" + limit + "' to a number from 0");
      }
    }
    boolean limited =
        KnownFilters.APAD_LIMITS.stream()
            .anyMatch(limit -> !options.getOrDefault(limit, "-").startsWith("-"));
    if (name.equals("apad") && !limited) {
      throw endless(name, "set its option whole_dur or pad_dur");
    }
  }

  private static IllegalArgumentException endless(String name, String wayOut) {
    return new IllegalArgumentException("filter '" + name + "' may go on without end: " + wayOut);
  }

  private IllegalArgumentException refused(String what) {
    return new IllegalArgumentException(
        what + " opens a file, a device or a connection" + allowing);
  }

  /** Whether an option, or another name of it, holds the name of a file: a text, not a number. */
  static boolean opensFile(AVFilter filter, String name, String option) {
    return aliases(filter, option).stream()
        .anyMatch(
            alias ->
                KnownFilters.FILE_OPTION.matcher(alias).matches()
                    || KnownFilters.FILE_OPTIONS.contains(name + "." + alias));
  }

  private static List<String> aliases(AVFilter filter, String option) {
    AVClass description = filter.priv_class();
    if (description == null || description.isNull()) {
      return List.of(option);
    }
    try (PointerPointer<AVClass> fake = new PointerPointer<>(1)) {
      fake.put(0, description);
      List<AVOption> all = OptionSetter.optionsOf(fake);
      List<String> names = new ArrayList<>(List.of(option));
      boolean isNumber =
          all.stream()
              .anyMatch(
                  found ->
                      Av.string(found.name()).equals(option)
                          && found.offset() > 0
                          && !KnownFilters.TEXTS.contains(found.type()));
      if (isNumber) {
        return List.of();
      }
      all.stream()
          .filter(found -> Av.string(found.name()).equals(option))
          .mapToInt(AVOption::offset)
          .forEach(
              offset ->
                  all.stream()
                      .filter(other -> other.offset() == offset && offset > 0)
                      .forEach(other -> names.add(Av.string(other.name()))));
      return names;
    }
  }

  /** The names of the filters that are accepted and do not open files. */
  static List<String> accepted() {
    return KnownFilters.ACCEPTED.stream().sorted().toList();
  }

  /** Names of all filters of the build. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    try (Pointer state = new Pointer()) {
      AVFilter next;
      while ((next = av_filter_iterate(state)) != null && !next.isNull()) {
        names.add(Av.string(next.name()));
      }
    }
    return names;
  }
}
