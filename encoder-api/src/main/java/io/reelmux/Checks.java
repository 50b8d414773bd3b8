package io.reelmux;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

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
    if (value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          what + " has " + value.length() + " characters: at most " + MAX_TEXT);
    }
    return value;
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
          "language '" + value + "': must be a three-letter ISO 639-2 code such as eng");
    }
    return code;
  }
}
