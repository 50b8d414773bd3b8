package io.reelmux.benchmarks;

import java.util.List;

/**
 * A figure that is to be reached.
 *
 * @param work what is measured, and with what it is compared
 * @param measured the figure; NaN if it was not measured
 * @param required the figure that must be reached
 * @param goal the figure that is aimed at beyond that; the same if there is none
 * @param least whether the figure must be at least this; otherwise it must be at most this
 */
record Target(String work, double measured, double required, double goal, boolean least) {

  /** Returns a figure that must not be larger. */
  static Target atMost(String work, double measured, double required, double goal) {
    return new Target(work, measured, required, goal, false);
  }

  static Target atMost(String work, double measured, double required) {
    return atMost(work, measured, required, required);
  }

  /** Returns a figure that must not be smaller. */
  static Target atLeast(String work, double measured, double required, double goal) {
    return new Target(work, measured, required, goal, true);
  }

  static Target atLeast(String work, double measured, double required) {
    return atLeast(work, measured, required, required);
  }

  /** Says in words whether it was reached. */
  String result() {
    if (Double.isNaN(measured)) {
      return "not measured";
    }
    if (goal != required && reaches(goal)) {
      return "goal met";
    }
    return reaches(required) ? "met" : "missed";
  }

  private boolean reaches(double figure) {
    return least ? measured >= figure : measured <= figure;
  }

  private List<String> row() {
    String bound = least ? ">= " : "<= ";
    return List.of(
        work,
        bound + Table.figure("%.2f", required),
        goal == required ? "" : bound + Table.figure("%.2f", goal),
        Table.figure("%.2f", measured),
        result());
  }

  static Table table(List<Target> targets) {
    return new Table(
        List.of("Target", "required", "goal", "measured", "result"),
        targets.stream().map(Target::row).toList());
  }
}
