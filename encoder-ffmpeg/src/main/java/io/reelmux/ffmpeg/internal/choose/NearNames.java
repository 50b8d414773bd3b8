package io.reelmux.ffmpeg.internal.choose;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that look like a mistyped one. */
public final class NearNames {
  private static final int SHOWN = 4;

  private NearNames() {}

  /** {@code "; did you mean a, b?"}, or nothing if no name is near. */
  public static String hint(String wrong, Collection<String> names) {
    List<String> near = of(wrong, names);
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
  }

  static List<String> of(String wrong, Collection<String> names) {
    String key = normal(wrong);
    if (key.length() > 64) {
      return List.of();
    }
    int limit = Math.max(1, key.length() / 3);
    return names.stream()
        .distinct()
        .filter(name -> distance(key, normal(name)) <= limit || contains(key, normal(name)))
        .sorted(Comparator.comparingInt((String name) -> distance(key, normal(name))))
        .limit(SHOWN)
        .toList();
  }

  private static boolean contains(String key, String name) {
    return key.length() >= 3 && name.contains(key);
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
