package io.reelmux;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Set;

/** Argument checks whose messages name the value and what is allowed. */
final class Checks {

  /** Maximum length of an option, tag or name; FFmpeg copies these several times. */
  static final int MAX_TEXT = 65_536;

  private Checks() {}

  static int inRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " " + value + ": must be from " + min + " to " + max);
    }
    return value;
  }

  static long inRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " " + value + ": must be from " + min + " to " + max);
    }
    return value;
  }

  /** Checks a rotation that containers can store. */
  static int rotation(int degrees) {
    if (degrees % 90 != 0 || degrees < 0 || degrees > 270) {
      throw new IllegalArgumentException(
          "rotation " + degrees + ": must be 0, 90, 180 or 270 degrees");
    }
    return degrees;
  }

  /** Checks a name from an open set (codec, preset, option): not blank, no NUL. */
  static String name(String what, String value) {
    Objects.requireNonNull(value, what);
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    return text(what, value);
  }

  /** Checks text for the native library, where a NUL would truncate it. */
  static String text(String what, String value) {
    Objects.requireNonNull(value, what);
    int nul = value.indexOf('\0');
    if (nul >= 0) {
      throw new IllegalArgumentException(what + " has a NUL character at index " + nul);
    }
    int surrogate = unpairedSurrogate(value);
    if (surrogate >= 0) {
      throw new IllegalArgumentException(
          what
              + " has an unpaired surrogate at index "
              + surrogate
              + ", which no encoding of text can express");
    }
    if (value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          what + " has " + value.length() + " characters: at most " + MAX_TEXT);
    }
    return value;
  }

  /** Returns the index of a half of a character that lacks the other half, or -1. */
  private static int unpairedSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isHighSurrogate(value.charAt(i))
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(value.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  /** Refuses a tag that another method sets. */
  static void reserved(String key, String reserved, String method) {
    Objects.requireNonNull(key, "metadata name");
    if (key.equalsIgnoreCase(reserved)) {
      throw new IllegalArgumentException("metadata " + key + ": set it with " + method);
    }
  }

  /** Puts a tag; refuses a second, different value for a name, whose case means nothing. */
  static void putTag(Map<String, String> tags, String key, String value) {
    name("metadata name", key);
    String known =
        tags.keySet().stream().filter(other -> other.equalsIgnoreCase(key)).findFirst().orElse(key);
    putOnce(tags, "metadata", known, value);
  }

  /** Returns the tags that have a value. */
  static Map<String, String> withoutEmpty(Map<String, String> tags) {
    Map<String, String> kept = new LinkedHashMap<>(tags);
    kept.values().removeAll(Set.of(""));
    return kept;
  }

  /** Puts a checked pair; refuses a second, different value for the same key. */
  static void putOnce(Map<String, String> map, String what, String key, String value) {
    name(what + " name", key);
    String old = map.putIfAbsent(key, text("value of " + what + " " + key, value));
    if (old != null && !old.equals(value)) {
      throw new IllegalArgumentException(
          what + " " + key + " is set twice, to '" + old + "' and to '" + value + "'");
    }
  }

  /** Checks an ISO 639-2 code and returns it as containers store it. */
  static String language(String value) {
    Objects.requireNonNull(value, "language");
    String code = value.toLowerCase(Locale.ROOT);
    if (!code.matches("[a-z]{3}")) {
      throw new IllegalArgumentException(
          "language '"
              + value
              + "': must be a three-letter ISO 639-2 code such as eng"
              + languageHint(code));
    }
    return code;
  }

  /** Suggests the code of a language given by two letters ({@code de}) or a tag ({@code de-AT}). */
  private static String languageHint(String value) {
    try {
      String code = Locale.forLanguageTag(value.replace('_', '-')).getISO3Language();
      return code.isEmpty() ? "" : "; did you mean " + code + "?";
    } catch (MissingResourceException e) {
      return "";
    }
  }
}
