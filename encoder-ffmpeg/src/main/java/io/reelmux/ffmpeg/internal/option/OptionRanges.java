package io.reelmux.ffmpeg.internal.option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values that an encoder's library takes, where it silently replaces others although FFmpeg
 * accepts them: x264 takes 51 for a crf of 60, and 3 for an aq-strength of 5.
 */
public final class OptionRanges {

  /** For an encoder of which nothing of the kind is known. */
  public static final OptionRanges NONE = new OptionRanges(Map.of());

  private record Range(double min, double max) {
    boolean contains(double value) {
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

  /** Whether the range of an option is known. */
  boolean has(String name) {
    return ranges.containsKey(name.replace('_', '-'));
  }

  /**
   * Refuses a value outside the range of an option.
   *
   * @param value one number, or several separated by colons or commas; what is no number is left to
   *     the library, which refuses it or knows it as a name
   * @throws IllegalArgumentException with the range
   */
  void check(String what, String name, String value) {
    Range range = ranges.get(name.replace('_', '-'));
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
