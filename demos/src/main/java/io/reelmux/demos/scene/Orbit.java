package io.reelmux.demos.scene;

/** The path of a ball, which {@link Scene} draws and {@link Tone} follows. */
public final class Orbit {

  private Orbit() {}

  /** From -1 at the left to 1 at the right. */
  public static double x(double seconds) {
    return Math.sin(2 * Math.PI * 0.3 * seconds);
  }

  /** From -1 at the bottom to 1 at the top. */
  public static double y(double seconds) {
    return Math.cos(2 * Math.PI * 0.2 * seconds);
  }
}
