package io.reelmux.ffmpeg.trichotomy;

import io.reelmux.ffmpeg.trichotomy.Verdict.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts verdicts in a table. */
final class Counts {
  static final String HEAD =
      String.join(
          "\t",
          "build",
          "of",
          "name",
          "combinations",
          "seen",
          "seen by 8.1",
          "refused",
          "noted",
          "open");

  private Counts() {}

  /** A head, a row for all, and rows for each setting, encoder and container. */
  static List<String> rows(String build, List<Verdict> verdicts) {
    List<String> rows = new ArrayList<>(List.of(HEAD));
    rows.addAll(rows(build, "all", verdicts, verdict -> "all"));
    rows.addAll(rows(build, "setting", verdicts, Verdict::setting));
    rows.addAll(rows(build, "encoder", verdicts, Verdict::encoder));
    rows.addAll(rows(build, "container", verdicts, Verdict::container));
    return rows;
  }

  private static List<String> rows(
      String build, String of, List<Verdict> verdicts, Function<Verdict, String> name) {
    Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      counts
          .computeIfAbsent(name.apply(verdict), any -> new EnumMap<>(Outcome.class))
          .merge(verdict.outcome(), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .map(entry -> row(List.of(build, of, entry.getKey()), entry.getValue()))
        .toList();
  }

  private static String row(List<String> names, Map<Outcome, Integer> counts) {
    List<String> cells = new ArrayList<>(names);
    cells.add("" + counts.values().stream().mapToInt(Integer::intValue).sum());
    for (Outcome outcome : Outcome.values()) {
      cells.add("" + counts.getOrDefault(outcome, 0));
    }
    return String.join("\t", cells);
  }
}
