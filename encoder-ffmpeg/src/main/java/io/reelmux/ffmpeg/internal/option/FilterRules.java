package io.reelmux.ffmpeg.internal.option;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_filter_iterate;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_filter_pad_count;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.AVFILTER_FLAG_DYNAMIC_INPUTS;
import static org.bytedeco.ffmpeg.global.avfilter.AVFILTER_FLAG_HWDEVICE;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_BINARY;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_STRING;

import io.reelmux.ffmpeg.internal.av.Av;
import io.reelmux.ffmpeg.internal.av.FilterGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avfilter.AVFilter;
import org.bytedeco.ffmpeg.avutil.AVClass;
import org.bytedeco.ffmpeg.avutil.AVOption;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** What is known of FFmpeg's filters: which are accepted, which open files, and which never end. */
public final class FilterRules implements FilterGraph.Checks {

  /** Open a file, a device or a connection whatever their options, or load code. */
  private static final Set<String> OPENING =
      Set.of(
          "movie",
          "amovie",
          "sendcmd",
          "asendcmd",
          "zmq",
          "azmq",
          "frei0r",
          "frei0r_src",
          "ladspa",
          "lv2",
          "subtitles",
          "ass",
          "vidstabdetect",
          "vidstabtransform",
          "libvmaf",
          "arnndn",
          "sofalizer",
          "dnn_processing",
          "dnn_classify",
          "dnn_detect",
          "sr",
          "derain",
          "openclsrc",
          "program_opencl",
          "lut3d",
          "lut1d",
          "nnedi",
          "removelogo",
          "fsync",
          "ocr",
          "flite",
          "whisper",
          "ddagrab",
          "gfxcapture",
          "coreimage",
          "coreimagesrc",
          "libplacebo",
          "signature",
          "find_rect",
          "cover_rect");

  /** Names of options that hold the name of a file. */
  private static final Pattern FILE_OPTION =
      Pattern.compile(".*(file|path|url|dir|address|model|library|plugin|sofa).*");

  /** The types of options that can hold the name of a file. */
  private static final Set<Integer> TEXTS = Set.of(AV_OPT_TYPE_STRING, AV_OPT_TYPE_BINARY);

  /** Other options that do, as {@code filter.option}. */
  private static final Set<String> FILE_OPTIONS = Set.of("curves.plot");

  /** Give themselves what they have made. */
  private static final Set<String> CIRCULAR = Set.of("feedback");

  /**
   * Give frames other times or leave some out, though FFmpeg still reports the rate before them.
   */
  private static final Set<String> RETIMING =
      Set.of("setpts", "select", "mpdecimate", "dejudder", "shuffleframes", "random");

  /** Make a constant rate. */
  private static final Set<String> CONSTANT = Set.of("fps", "framerate", "minterpolate");

  /** Audio has no times of its own: its samples follow each other. */
  private static final Set<String> AUDIO_TIMES = Set.of("asetpts");

  /** Options of which a negative number, the default of some, means without end. */
  private static final Map<String, List<String>> LIMITS =
      Map.of(
          "loop", List.of("loop"),
          "aloop", List.of("loop"),
          "tpad", List.of("stop"));

  /** Options of apad, one of which has to limit it. */
  private static final Set<String> APAD_LIMITS =
      Set.of("pad_len", "whole_len", "pad_dur", "whole_dur");

  /**
   * The filters that are accepted. FFmpeg has five hundred, some of which crash, load code or wait
   * for a connection; a test runs each of these in a process of its own.
   */
  private static final Set<String> ACCEPTED =
      Set.of(
          ("null copy crop scale hflip vflip transpose rotate pad fps setpts tpad trim format"
                  + " hqdn3d nlmeans unsharp eq hue colorbalance colorchannelmixer colorlevels"
                  + " curves lutyuv lutrgb negate gblur boxblur smartblur avgblur deblock deband"
                  + " yadif bwdif w3fdif fieldorder setfield interlace drawbox drawgrid fade"
                  + " fillborders vignette split hstack vstack xstack overlay blend select reverse"
                  + " loop minterpolate framerate setsar setdar tmix tblend mpdecimate"
                  + " lenscorrection perspective chromakey colorkey despill noise normalize"
                  + " histeq sobel edgedetect pixelize setparams setrange limiter removegrain"
                  + " anull volume loudnorm dynaudnorm acompressor alimiter agate aresample aformat"
                  + " atempo asetrate adelay apad atrim afade areverse aloop highpass lowpass"
                  + " bandpass bandreject equalizer bass treble pan channelmap stereotools"
                  + " extrastereo aecho chorus flanger tremolo vibrato silenceremove asplit amix"
                  + " amerge crossfeed speechnorm deesser compand afftdn firequalizer"
                  + " superequalizer dcshift crystalizer aphaser")
              .split(" "));

  /** Give one frame for each, which depends on that frame and its time alone. */
  private static final Set<String> FRAME_BY_FRAME =
      Set.of(
          ("null copy crop scale hflip vflip transpose rotate pad format nlmeans unsharp eq hue"
                  + " colorbalance colorchannelmixer colorlevels curves lutyuv lutrgb negate gblur"
                  + " boxblur smartblur avgblur deblock drawbox drawgrid fillborders vignette"
                  + " setfield setsar setdar lenscorrection perspective chromakey colorkey despill"
                  + " histeq sobel edgedetect pixelize setparams setrange limiter removegrain")
              .split(" "));

  /** The number of a frame, and functions that remember, in expressions. */
  private static final Pattern COUNTING =
      Pattern.compile(
          ".*(?<![A-Za-z0-9_])([nN]|random|randomi|ld|st)(?![A-Za-z0-9_]).*", Pattern.DOTALL);

  private static final Pattern COUNT = Pattern.compile("\\+?[0-9]+");

  /** A name at the start of a filter, where a description is not quoted. */
  private static final Pattern NAME = Pattern.compile("(?:^|[,;\\]])\\s*([A-Za-z0-9_]+)");

  /** Make palettes, which only an encoder that stores them needs. */
  private static final Set<String> PALETTES = Set.of("palettegen", "paletteuse");

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
      if (!FRAME_BY_FRAME.contains(name)) {
        return "the filter '" + name + "' depends on the frames before or changes their number";
      }
      for (Map.Entry<String, String> option : filter.options().entrySet()) {
        if (COUNTING.matcher(option.getValue()).matches()) {
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
      retimed |= RETIMING.contains(filter.filter());
      retimed &= !CONSTANT.contains(filter.filter());
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
    Matcher names = NAME.matcher(description.replaceAll("\\\\.|'[^']*'", "x"));
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
    if (!filesAllowed && OPENING.contains(name)) {
      throw refused("filter '" + name + "'");
    }
    if ((filter.flags() & AVFILTER_FLAG_HWDEVICE) != 0) {
      throw new IllegalArgumentException(
          "filter '" + name + "' requires frames in a device's memory");
    }
    if (AUDIO_TIMES.contains(name)) {
      throw new IllegalArgumentException(
          "filter '" + name + "' would have no effect: samples follow each other");
    }
    refuseEndless(name, filter, described.options());
    for (String option : described.options().keySet()) {
      if (!filesAllowed && opensFile(filter, name, option)) {
        throw refused("option '" + option + "' of filter '" + name + "'");
      }
    }
    boolean known = ACCEPTED.contains(name) || (palettes && PALETTES.contains(name));
    if (!OPENING.contains(name) && !known) {
      throw new IllegalArgumentException(
          "filter '" + name + "' is not accepted; these are: " + String.join(", ", accepted()));
    }
  }

  private static void refuseEndless(String name, AVFilter filter, Map<String, String> options) {
    boolean source =
        avfilter_filter_pad_count(filter, 0) == 0
            && (filter.flags() & AVFILTER_FLAG_DYNAMIC_INPUTS) == 0;
    if ((source && !OPENING.contains(name)) || CIRCULAR.contains(name)) {
      throw endless(name, "make its frames in the program");
    }
    for (String limit : LIMITS.getOrDefault(name, List.of())) {
      if (!COUNT.matcher(options.getOrDefault(limit, "0")).matches()) {
        throw endless(name, "set its option '" + limit + "' to a number from 0");
      }
    }
    boolean limited =
        APAD_LIMITS.stream().anyMatch(limit -> !options.getOrDefault(limit, "-").startsWith("-"));
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
                FILE_OPTION.matcher(alias).matches() || FILE_OPTIONS.contains(name + "." + alias));
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
                          && !TEXTS.contains(found.type()));
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
    return ACCEPTED.stream().sorted().toList();
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
