package io.reelmux.demos.transcode;

import io.reelmux.testing.media.StreamPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How similar two streams are.
 *
 * @param frames number of frames of the shorter stream
 * @param surplus frames that only one of them has
 * @param minPsnr of the worst frame, over all its planes, in dB
 */
record Likeness(int frames, int surplus, double minPsnr) {

  static Likeness ofVideo(Path a, int streamA, Path b, int streamB) throws IOException {
    StreamPlayer first = StreamPlayer.open(a, streamA);
    StreamPlayer second = StreamPlayer.open(b, streamB);
    int frames = 0;
    int surplus = 0;
    double min = Double.POSITIVE_INFINITY;
    byte[] one = first.frame();
    byte[] two = second.frame();
    while (one != null || two != null) {
      if (one != null && two != null) {
        min = Math.min(min, psnr(one, two));
        frames++;
      } else {
        surplus++;
      }
      one = one == null ? null : first.frame();
      two = two == null ? null : second.frame();
    }
    return new Likeness(frames, surplus, min);
  }

  /** {@return signal-to-noise ratio in dB; a shift in time lowers it too} */
  static double ofAudio(float[] source, float[] copy) {
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
