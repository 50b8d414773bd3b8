package io.reelmux.reader;

import io.reelmux.StreamOptions;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Copies what a file says of a stream to the options of an encoder. */
final class StreamTags {

  /** Of the old encoding or the old file; they would be wrong of the new one. */
  private static final Pattern OBSOLETE =
      Pattern.compile(
          "encoder|handler_name|vendor_id|creation_time|rotate|alpha_mode|timecode|duration.*"
              + "|bps.*|number_of_(frames|bytes).*|_statistics.*|title|language",
          Pattern.CASE_INSENSITIVE);

  /** What options accept. */
  private static final int MAX_TEXT = 65_536;

  private StreamTags() {}

  static <B extends StreamOptions.Builder<B>> void copy(StreamFacts facts, B options) {
    facts.language().flatMap(StreamTags::language).ifPresent(options::language);
    facts.title().filter(StreamTags::isText).ifPresent(options::title);
    facts.dispositions().forEach(options::disposition);
    Set<String> copied = new HashSet<>();
    for (Map.Entry<String, String> tag : facts.tags().entrySet()) {
      String key = tag.getKey();
      if (!OBSOLETE.matcher(key).matches()
          && !key.isBlank()
          && isText(key)
          && isText(tag.getValue())
          && copied.add(key.toLowerCase(Locale.ROOT))) {
        options.metadata(key, tag.getValue());
      }
    }
  }

  /** Returns the code of three letters; empty if the language is unknown. */
  private static Optional<String> language(String stored) {
    String code = stored.toLowerCase(Locale.ROOT);
    if (!code.matches("[a-z]{3}")) {
      try {
        code = Locale.forLanguageTag(code.replace('_', '-')).getISO3Language();
      } catch (MissingResourceException e) {
        return Optional.empty();
      }
    }
    return code.isEmpty() || code.equals("und") ? Optional.empty() : Optional.of(code);
  }

  /** Whether options accept the text: files hold anything. */
  static boolean isText(String text) {
    return text.length() <= MAX_TEXT
        && text.indexOf('\0') < 0
        && text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
