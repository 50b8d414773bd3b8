package io.reelmux.examples;

/** The way of a ball, which the picture shows and the tone follows. */
final class Orbit {

  private Orbit() {}

  /** From -1 at the left to 1 at the right. */
  static double x(double seconds) {
    return Math.sin(2 * Math.PI * 0.3 * seconds);
  }

  /** From -1 at the bottom to 1 at the top. */
  static double y(double seconds) {
    return Math.cos(2 * Math.PI * 0.2 * seconds);
  }
}
