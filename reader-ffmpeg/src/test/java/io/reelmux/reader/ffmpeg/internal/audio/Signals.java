package io.reelmux.reader.ffmpeg.internal.audio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Generated audio. */
final class Signals {
  private static final int HEADER = 44;
  private static final int S16_BYTES = 2;

  private Signals() {}

  /**
   * Returns two channels that differ everywhere: rising tones whose loudness changes, and some
   * noise.
   */
  static float[][] sweep(int sampleRate, int count) {
    Random random = new Random(1);
    float[][] samples = new float[2][count];
    double phase = 0;
    double noise = 0;
    for (int i = 0; i < count; i++) {
      double time = (double) i / sampleRate;
      phase += 2 * Math.PI * (200 + 1_500 * time) / sampleRate;
      noise = 0.9 * noise + 0.1 * (random.nextDouble() * 2 - 1);
      double loudness = 0.5 + 0.5 * Math.sin(2 * Math.PI * 1.3 * time);
      samples[0][i] = rounded(0.4 * Math.sin(phase) * loudness + 0.2 * noise);
      samples[1][i] = rounded(0.3 * Math.sin(phase * 1.31 + 1) * (1.2 - loudness) - 0.2 * noise);
    }
    return samples;
  }

  /** Rounds to 16 bits. */
  private static float rounded(double value) {
    return (float) (Math.round(value * Short.MAX_VALUE) / 32_768.0);
  }

  /** Writes samples as a wave file of 16 bits. */
  static void write(float[][] samples, int sampleRate, Path file) throws IOException {
    int channels = samples.length;
    int count = samples[0].length;
    int step = channels * S16_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + count * step).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(US_ASCII));
    bytes.putInt(HEADER - 8 + count * step);
    bytes.put("WAVEfmt ".getBytes(US_ASCII));
    bytes.putInt(16).putShort((short) 1).putShort((short) channels);
    bytes.putInt(sampleRate).putInt(sampleRate * step).putShort((short) step).putShort((short) 16);
    bytes.put("data".getBytes(US_ASCII)).putInt(count * step);
    for (int i = 0; i < count; i++) {
      for (float[] channel : samples) {
        bytes.putShort((short) Math.round(channel[i] * 32_768));
      }
    }
    Files.write(file, bytes.array());
  }

  /** Returns by how many samples the first is later than the second, where they are most alike. */
  static int lag(float[] decoded, float[] original, int max) {
    double best = -1;
    int lag = 0;
    int from = original.length / 3;
    for (int shift = -max; shift <= max; shift++) {
      double alike = 0;
      for (int i = from; i < from + 4_000; i++) {
        alike += original[i] * decoded[i + shift];
      }
      if (alike > best) {
        best = alike;
        lag = shift;
      }
    }
    return lag;
  }

  /** Returns the root of the mean square of the differences. */
  static double rms(float[][] samples, float[][] others) {
    double sum = 0;
    for (int channel = 0; channel < samples.length; channel++) {
      for (int i = 0; i < samples[channel].length; i++) {
        double difference = samples[channel][i] - others[channel][i];
        sum += difference * difference;
      }
    }
    return Math.sqrt(sum / samples.length / samples[0].length);
  }
}
