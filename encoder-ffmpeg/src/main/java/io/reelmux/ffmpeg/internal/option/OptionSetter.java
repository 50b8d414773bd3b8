package io.reelmux.ffmpeg.internal.option;

import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_expr_parse_and_eval;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_child_next;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_find;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_get_double;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_next;
import static io.reelmux.ffmpeg.internal.av.Ffmpeg.av_opt_set;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_OPTION_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_SEARCH_CHILDREN;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_CONST;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_INT;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_INT64;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_STRING;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_UINT;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_UINT64;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.Av;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVOption;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Sets options by name on a struct that has not been opened, and explains each refusal. */
public final class OptionSetter {
  private static final int ERANGE = -34;

  /** The largest float or double stands for no limit. */
  private static final double UNBOUNDED = 1e38;

  /** Below every visible level: a name is not an expression, which is not an error here. */
  private static final int AV_LOG_QUIET_OFFSET = 1000;

  private static final Set<Integer> WHOLE =
      Set.of(AV_OPT_TYPE_INT, AV_OPT_TYPE_INT64, AV_OPT_TYPE_UINT, AV_OPT_TYPE_UINT64);

  /** Longer expressions may be nested too deeply, which FFmpeg's parser reports as ENOMEM. */
  private static final int MAX_EXPRESSION = 100;

  private final Pointer target;
  private final String what;
  private final Map<String, String> owned;
  private final LibraryParameters parameters;
  private final OptionRanges ranges;

  /** Options that are lists, to which parameters have been added. */
  private final Map<String, String> lists = new LinkedHashMap<>();

  /**
   * A setter.
   *
   * @param target an AVCodecContext or an AVFormatContext
   * @param what the owner of the options, for messages ({@code encoder libx264})
   * @param owned names that a typed setting owns, and that setting: passed to the library they
   *     would contradict it and crash some encoders
   */
  public OptionSetter(Pointer target, String what, Map<String, String> owned) {
    this(target, what, owned, LibraryParameters.NONE, OptionRanges.NONE);
  }

  /**
   * A setter for an encoder of a library that parses options on its own, or replaces values.
   *
   * @param parameters checks those options
   * @param ranges the values that it does not replace
   */
  public OptionSetter(
      Pointer target,
      String what,
      Map<String, String> owned,
      LibraryParameters parameters,
      OptionRanges ranges) {
    this.target = target;
    this.what = what;
    this.owned = owned;
    this.parameters = parameters;
    this.ranges = ranges;
  }

  /**
   * Sets all.
   *
   * @throws IllegalArgumentException if a name is unknown or a value does not fit
   * @throws EncoderException if memory is exhausted
   */
  public void setAll(Map<String, String> options) throws EncoderException {
    for (Map.Entry<String, String> option : options.entrySet()) {
      String needed = lists.remove(option.getKey());
      set(option.getKey(), needed == null ? option.getValue() : needed + ":" + option.getValue());
    }
    for (Map.Entry<String, String> list : lists.entrySet()) {
      set(list.getKey(), list.getValue());
    }
    lists.clear();
  }

  /**
   * Adds parameters to an option that is a list of them, such as {@code x264-params}. {@link
   * #setAll} sets it, with the caller's own parameters last, which win.
   *
   * @param parameters {@code name=value}, separated by colons
   */
  public void add(String name, String parameters) {
    lists.merge(name, parameters, (first, second) -> first + ":" + second);
  }

  /**
   * Sets one.
   *
   * @throws IllegalArgumentException if the name is unknown or the value does not fit
   * @throws EncoderException if memory is exhausted
   */
  public void set(String name, String value) throws EncoderException {
    String setting = owned.get(name);
    if (setting != null) {
      throw new IllegalArgumentException(
          "option '%s' of %s must not be set: use %s".formatted(name, what, setting));
    }
    AVOption option = find(name);
    if (option == null) {
      throw unknown(name);
    }
    parameters.check(what, name, value);
    if (WHOLE.contains(option.type()) && isFraction(value)) {
      throw new IllegalArgumentException(
          "option '%s' of %s accepts whole numbers only, not '%s'%s"
              .formatted(name, what, value, allowed(option)));
    }
    boolean number = ranges.has(name) && option.type() != AV_OPT_TYPE_STRING;
    double before = number ? valueOf(name) : Double.NaN;
    int code = av_opt_set(target, name, value, AV_OPT_SEARCH_CHILDREN);
    requireSet(code, option, name, value);
    if (number) {
      checkRange(name, value, before);
    } else {
      ranges.check(what, name, value);
    }
    parameters
        .values(name, value)
        .forEach((parameter, own) -> own.forEach(each -> ranges.check(what, parameter, each)));
  }

  private void requireSet(int code, AVOption option, String name, String value)
      throws EncoderException {
    if (code == AVERROR_OPTION_NOT_FOUND) {
      throw unknown(name);
    }
    if (code == Av.ENOMEM && value.length() <= MAX_EXPRESSION) {
      throw Av.failure(code, "set the option '%s' of %s".formatted(name, what));
    }
    if (code == ERANGE) {
      throw new IllegalArgumentException(
          "option '%s' of %s is out of range: '%s'%s"
              .formatted(name, what, value, allowed(option)));
    }
    if (code < 0) {
      throw new IllegalArgumentException(
          "option '%s' of %s does not accept '%s'%s".formatted(name, what, value, allowed(option)));
    }
  }

  /** A negative default means that an option is not set. */
  private void checkRange(String name, String value, double before) throws EncoderException {
    double now = valueOf(name);
    if (now >= 0 || now != before) {
      ranges.check(what, name, number(value).isEmpty() ? number(now) : value);
    }
  }

  /** The number that the struct holds. */
  private double valueOf(String name) throws EncoderException {
    double[] number = new double[1];
    int code = av_opt_get_double(target, name, AV_OPT_SEARCH_CHILDREN, number);
    Av.check(code, "read the option '" + name + "' of " + what);
    return number[0];
  }

  /** Whether the library, which parses expressions, would silently round the value. */
  private static boolean isFraction(String value) {
    return number(value).filter(number -> number != Math.rint(number)).isPresent();
  }

  /** The value of an expression; empty if the text is none, or has no finite value. */
  static Optional<Double> number(String expression) {
    double[] number = new double[1];
    int code = av_expr_parse_and_eval(number, expression, AV_LOG_QUIET_OFFSET);
    return code >= 0 && Double.isFinite(number[0]) ? Optional.of(number[0]) : Optional.empty();
  }

  /** Whether the struct has an option of this name. */
  public boolean has(String name) {
    return find(name) != null;
  }

  private @Nullable AVOption find(String name) {
    AVOption option = av_opt_find(target, name, null, 0, AV_OPT_SEARCH_CHILDREN);
    return option == null || option.isNull() || option.type() == AV_OPT_TYPE_CONST ? null : option;
  }

  private IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "unknown option '%s' of %s%s%s"
            .formatted(
                name,
                what,
                Suggestions.hint(name, names()),
                what.startsWith("encoder ") ? "; EncoderCatalog lists its options" : ""));
  }

  /** {@code "; allowed: 0 to 51, or none, variance"}. */
  private String allowed(AVOption option) {
    List<String> constants = constants(option);
    StringBuilder text = new StringBuilder();
    OptionRanges.Range range = ranges.of(option);
    if (range.min() < range.max()) {
      text.append("; allowed: ")
          .append(number(range.min()))
          .append(range.max() < UNBOUNDED ? " to " + number(range.max()) : " or more");
    }
    if (!constants.isEmpty()) {
      text.append(text.isEmpty() ? "; allowed: " : ", or ").append(String.join(", ", constants));
    }
    return text.toString();
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private List<String> constants(AVOption option) {
    String unit = Av.string(option.unit());
    List<String> names = new ArrayList<>();
    if (!unit.isEmpty()) {
      for (AVOption other : options()) {
        if (other.type() == AV_OPT_TYPE_CONST && Av.string(other.unit()).equals(unit)) {
          names.add(Av.string(other.name()));
        }
      }
    }
    return names.stream().distinct().toList();
  }

  private List<String> names() {
    return options().stream()
        .filter(option -> option.type() != AV_OPT_TYPE_CONST)
        .map(option -> Av.string(option.name()))
        .toList();
  }

  /** Options of the struct and of its children, such as the encoder's private ones. */
  private List<AVOption> options() {
    List<AVOption> all = new ArrayList<>(optionsOf(target));
    Pointer child = null;
    while ((child = av_opt_child_next(target, child)) != null && !child.isNull()) {
      all.addAll(optionsOf(child));
    }
    return all;
  }

  static List<AVOption> optionsOf(Pointer struct) {
    List<AVOption> all = new ArrayList<>();
    AVOption option = null;
    while ((option = av_opt_next(struct, option)) != null && !option.isNull()) {
      all.add(option);
    }
    return all;
  }
}
