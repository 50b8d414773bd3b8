package io.reelmux.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Runs every contender once per round, in an order that changes with each round, so that whatever
 * else the machine does meets all of them alike.
 */
final class Rounds {

  /** By how many places the order moves on: neighbors of one round are not those of the next. */
  private static final int STEP = 3;

  private Rounds() {}

  /** What one contender does in one round. */
  @FunctionalInterface
  interface Run<C> {

    /** Returns what was measured, separated by tabs. */
    String measure(C contender, int round) throws IOException, InterruptedException;
  }

  /**
   * Runs all rounds, and prints each row when it has been measured.
   *
   * @param name the name of a contender in the result file
   */
  static <C> List<List<String>> measure(
      List<C> contenders, Function<C, String> name, int rounds, Run<C> run)
      throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    List<C> order = new ArrayList<>(contenders);
    for (int round = 1; round <= rounds; round++) {
      for (C contender : order) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        String measured = run.measure(contender, round);
        List<String> row = ResultFile.row(name.apply(contender), round, load, measured);
        System.out.println(String.join("\t", row));
        rows.add(row);
      }
      Collections.rotate(order, STEP);
    }
    return rows;
  }
}
