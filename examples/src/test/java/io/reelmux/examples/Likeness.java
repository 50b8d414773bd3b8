package io.reelmux.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How like two streams are.
 *
 * @param frames number of pictures; those of the shorter stream
 * @param surplus pictures that only one of them has
 * @param leastPsnr of the worst picture, over all its planes, in dB
 */
record Likeness(int frames, int surplus, double leastPsnr) {

  static Likeness ofVideo(Path a, int streamA, Path b, int streamB) throws IOException {
    try (Decoder first = Decoder.open(a, streamA);
        Decoder second = Decoder.open(b, streamB)) {
      int frames = 0;
      int surplus = 0;
      double least = Double.POSITIVE_INFINITY;
      byte[] one = first.picture();
      byte[] two = second.picture();
      while (one != null || two != null) {
        if (one != null && two != null) {
          least = Math.min(least, psnr(one, two));
          frames++;
        } else {
          surplus++;
        }
        one = one == null ? null : first.picture();
        two = two == null ? null : second.picture();
      }
      return new Likeness(frames, surplus, least);
    }
  }

  /** {@return signal over difference in dB, which also finds a shift in time} */
  static double ofSound(float[] source, float[] copy) {
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < Math.min(source.length, copy.length); i++) {
      signal += source[i] * source[i];
      noise += (source[i] - copy[i]) * (source[i] - copy[i]);
    }
    return 10 * Math.log10(signal / noise);
  }

  static double largestDifference(List<Double> a, List<Double> b) {
    double largest = 0;
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      largest = Math.max(largest, Math.abs(a.get(i) - b.get(i)));
    }
    return largest;
  }

  private static double psnr(byte[] a, byte[] b) {
    long squares = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = (a[i] & 0xFF) - (b[i] & 0xFF);
      squares += (long) difference * difference;
    }
    return 10 * Math.log10(255.0 * 255.0 * a.length / squares);
  }
}
