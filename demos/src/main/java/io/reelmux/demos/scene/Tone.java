package io.reelmux.demos.scene;

/** A stereo tone that follows the ball: its pitch follows the height, its position the side. */
public final class Tone {
  private static final double LOUDNESS = 0.3;

  private final int sampleRate;
  private long position;
  private double phase;

  public Tone(int sampleRate) {
    this.sampleRate = sampleRate;
  }

  /** The pitch at a time: an octave up or down from 440 Hz. */
  public static double hertz(double seconds) {
    return 440 * Math.pow(2, Orbit.y(seconds));
  }

  /**
   * Returns the samples that follow those of the last call.
   *
   * @param count samples of each channel
   * @return [left, right][count]
   */
  public float[][] next(int count) {
    float[][] samples = new float[2][count];
    for (int i = 0; i < count; i++, position++) {
      double seconds = (double) position / sampleRate;
      double value = LOUDNESS * Math.sin(phase);
      // equal power, so that the tone is as loud in the middle as at the sides
      double angle = (Orbit.x(seconds) + 1) * Math.PI / 4;
      samples[0][i] = (float) (value * Math.cos(angle));
      samples[1][i] = (float) (value * Math.sin(angle));
      phase += 2 * Math.PI * hertz(seconds) / sampleRate;
    }
    return samples;
  }
}
