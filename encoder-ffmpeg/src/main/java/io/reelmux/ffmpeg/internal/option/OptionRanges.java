package io.reelmux.ffmpeg.internal.option;

import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_TYPE_STRING;

import io.reelmux.ffmpeg.internal.av.Av;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVOption;
import org.jspecify.annotations.Nullable;

/**
 * The values that an encoder's library takes, where it silently replaces others although FFmpeg
 * accepts them: x264 takes 51 for a crf of 60, and 3 for an aq-strength of 5.
 */
public final class OptionRanges {

  /** For an encoder of which nothing of the kind is known. */
  public static final OptionRanges NONE = new OptionRanges(Map.of());

  /** From a number to another, both included. */
  record Range(double min, double max) {
    private boolean contains(double value) {
      return value >= min && value <= max;
    }
  }

  private final Map<String, Range> ranges;

  private OptionRanges(Map<String, Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * Adds a range.
   *
   * @param names the option, separated by spaces from other names of it, such as that of a
   *     library's parameter; {@code _} is {@code -}
   */
  public OptionRanges with(String names, double min, double max) {
    Map<String, Range> all = new LinkedHashMap<>(ranges);
    for (String name : names.split(" ", -1)) {
      all.put(name, new Range(min, max));
    }
    return new OptionRanges(all);
  }

  /** Returns which of FFmpeg's values of an option are taken as they are. */
  Range of(AVOption option) {
    Range known = find(Av.string(option.name()));
    if (known == null || option.type() == AV_OPT_TYPE_STRING) {
      return new Range(option.min(), option.max());
    }
    double lowest = Math.max(known.min, option.min());
    double highest = Math.min(known.max, option.max());
    return new Range(lowest, highest);
  }

  private @Nullable Range find(String name) {
    return ranges.get(name.replace('_', '-'));
  }

  /** Whether the range of an option is known. */
  boolean has(String name) {
    return find(name) != null;
  }

  /**
   * Refuses a value outside the range of an option.
   *
   * @param value one number, or several separated by colons or commas; what is not a number is left
   *     to the library, which refuses it or knows it as a name
   * @throws IllegalArgumentException with the range
   */
  void check(String what, String name, String value) {
    Range range = find(name);
    if (range == null) {
      return;
    }
    for (String part : value.split("[:,]", -1)) {
      Optional<Double> number = OptionSetter.number(part);
      if (number.isPresent() && !range.contains(number.get())) {
        throw new IllegalArgumentException(
            "%s %s: %s accepts %s to %s"
                .formatted(
                    name,
                    value,
                    what.replaceFirst("^encoder ", ""),
                    OptionSetter.number(range.min),
                    OptionSetter.number(range.max)));
      }
    }
  }
}
