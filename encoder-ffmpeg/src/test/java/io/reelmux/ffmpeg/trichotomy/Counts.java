package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.ffmpeg.trichotomy.Walk.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The counts of a walk as a table. */
final class Counts {
  static final String HEAD =
      String.join(
          "\t",
          "build",
          "setting",
          "combinations",
          "seen",
          "seen by 8.1",
          "refused",
          "noted",
          "open");

  private Counts() {}

  /** A head, a row for each setting and one for all. */
  static List<String> rows(String build, Walk walk) {
    List<String> rows = new ArrayList<>(List.of(HEAD));
    walk.counts().forEach((setting, counts) -> rows.add(row(build, setting, counts)));
    Map<Outcome, Integer> all = new EnumMap<>(Outcome.class);
    walk.counts()
        .values()
        .forEach(counts -> counts.forEach((o, n) -> all.merge(o, n, Integer::sum)));
    rows.add(row(build, "all, " + walk.pairs() + " encoders in containers", all));
    return rows;
  }

  private static String row(String build, String setting, Map<Outcome, Integer> counts) {
    List<String> cells = new ArrayList<>(List.of(build, setting));
    cells.add("" + counts.values().stream().mapToInt(Integer::intValue).sum());
    for (Outcome outcome : Outcome.values()) {
      cells.add("" + counts.getOrDefault(outcome, 0));
    }
    return String.join("\t", cells);
  }
}
