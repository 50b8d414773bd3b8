package io.reelmux.ffmpeg.internal.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggests names that are similar to a mistyped one. */
public final class Suggestions {
  private static final int SHOWN = 4;

  private Suggestions() {}

  /** Returns {@code "; did you mean a, b?"}, or an empty string if no name is similar. */
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

  /** Levenshtein distance, with two swapped neighbors counted as one mistake. */
  private static int distance(String a, String b) {
    int[][] costs = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        costs[i][j] = i == 0 || j == 0 ? i + j : cost(a, i, b, j, costs);
      }
    }
    return costs[a.length()][b.length()];
  }

  private static int cost(String a, int i, String b, int j, int[][] costs) {
    int change = costs[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(change, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, costs[i - 2][j - 2] + 1) : best;
  }
}
