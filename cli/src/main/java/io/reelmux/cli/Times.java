package io.reelmux.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as they are typed and shown. */
final class Times {
  private static final Pattern TIME =
      Pattern.compile("(?:(?:(\\d{1,4}):)?(\\d{1,4}):)?(\\d{1,9})(?:\\.(\\d{1,9}))?");

  private Times() {}

  /**
   * Parses {@code 83.5}, {@code 1:23.5} or {@code 0:01:23.5}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Duration parse(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time such as 83.5, 1:23.5 or 0:01:23.5");
    }
    String fraction = time.group(4) == null ? "" : time.group(4);
    return Duration.ofHours(number(time.group(1)))
        .plusMinutes(number(time.group(2)))
        .plusSeconds(number(time.group(3)))
        .plusNanos(number((fraction + "000000000").substring(0, 9)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Returns {@code 0:01:23}. */
  static String text(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  /** Returns {@code 0:01:23.500}. */
  static String exact(Duration time) {
    return text(time) + String.format(Locale.ROOT, ".%03d", time.toMillisPart());
  }
}
