package io.reelmux.ffmpeg.internal.audio;

import io.reelmux.SampleLayout;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Keeps floats in the range that the encoder can bear, and counts those that were not. */
final class Levels {
  private final double max;
  private long clipped;

  /**
   * Starts counting.
   *
   * @param max the largest value that the encoder can bear; some abort or hang beyond 1
   */
  Levels(double max) {
    this.max = max;
  }

  /**
   * Clips values. NaN, which can only come from memory that changed after the check, becomes
   * silence.
   *
   * @param samples in native byte order
   * @param count number of values
   */
  void limit(SampleLayout.Type type, ByteBuffer samples, int count) {
    if (type == SampleLayout.Type.FLOAT) {
      FloatBuffer values = samples.asFloatBuffer();
      for (int i = 0; i < count; i++) {
        float value = values.get(i);
        if (!(Math.abs(value) <= max)) {
          values.put(i, (float) limited(value));
        }
      }
    } else if (type == SampleLayout.Type.DOUBLE) {
      DoubleBuffer values = samples.asDoubleBuffer();
      for (int i = 0; i < count; i++) {
        double value = values.get(i);
        if (!(Math.abs(value) <= max)) {
          values.put(i, limited(value));
        }
      }
    }
  }

  private double limited(double value) {
    clipped++;
    return Double.isNaN(value) ? 0 : Math.copySign(max, value);
  }

  /** Returns the number of values that were changed. */
  long clipped() {
    return clipped;
  }
}
