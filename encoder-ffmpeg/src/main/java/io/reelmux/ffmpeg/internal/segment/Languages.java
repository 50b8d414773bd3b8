package io.reelmux.ffmpeg.internal.segment;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

/** Turns the language codes of containers into those of playlists. */
final class Languages {

  /** ISO 639-2 codes for bibliographies, which {@link Locale} does not know. */
  private static final Map<String, String> BIBLIOGRAPHIC =
      Map.of(
          "ger", "de", "fre", "fr", "chi", "zh", "cze", "cs", "dut", "nl", "gre", "el", "rum", "ro",
          "slo", "sk", "per", "fa", "wel", "cy");

  private Languages() {}

  /** Returns the shortest code, as BCP 47 demands; "und" becomes empty. */
  static String tag(String iso6392) {
    if (iso6392.equals("und")) {
      return "";
    }
    if (BIBLIOGRAPHIC.containsKey(iso6392)) {
      return BIBLIOGRAPHIC.get(iso6392);
    }
    for (String code : Locale.getISOLanguages()) {
      try {
        if (Locale.forLanguageTag(code).getISO3Language().equals(iso6392)) {
          return code;
        }
      } catch (MissingResourceException e) {
        // has no code of three letters
      }
    }
    return iso6392;
  }
}
