package io.reelmux.ffmpeg.audio;

import io.reelmux.AudioOptions;
import io.reelmux.AudioSamples;
import io.reelmux.AudioStream;
import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.EncodingResult;
import io.reelmux.SampleLayout;
import io.reelmux.testing.media.DecodedAudio;
import io.reelmux.testing.media.MediaReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/** Generated audio, and shorthands for encoding it. */
final class TestAudio {

  private TestAudio() {}

  /** A finished file and the encoder's result. */
  static final class Encoded {
    private final byte[] file;
    private final EncodingResult result;

    Encoded(byte[] file, EncodingResult result) {
      this.file = file;
      this.result = result;
    }

    byte[] file() {
      return file;
    }

    EncodingResult result() {
      return result;
    }

    DecodedAudio decoded() throws IOException {
      List<DecodedAudio> streams = MediaReader.read(file).decodedAudio();
      if (streams.size() != 1) {
        throw new AssertionError(streams.size() + " audio streams");
      }
      return streams.get(0);
    }
  }

  /** Adds samples to an open stream. */
  @FunctionalInterface
  interface Feed {
    void to(AudioStream stream) throws IOException;
  }

  /**
   * Returns a sine per channel, 400 Hz in the first, 200 Hz more in each next one; half of full
   * scale.
   */
  static float[][] tones(int sampleRate, int channels, int count) {
    float[][] samples = new float[channels][count];
    for (int channel = 0; channel < channels; channel++) {
      double step = 2 * Math.PI * (400 + 200 * channel) / sampleRate;
      for (int i = 0; i < count; i++) {
        samples[channel][i] = (float) (0.5 * Math.sin(step * i));
      }
    }
    return samples;
  }

  /** Returns reproducible noise that uses every bit of a float. */
  static float[][] noise(int channels, int count) {
    Random random = new Random(7);
    float[][] samples = new float[channels][count];
    for (float[] channel : samples) {
      for (int i = 0; i < count; i++) {
        channel[i] = random.nextFloat() * 2 - 1;
      }
    }
    return samples;
  }

  /** Interleaved 16-bit noise with both extremes. */
  static short[] noise16(int channels, int count) {
    Random random = new Random(11);
    short[] samples = new short[channels * count];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt();
    }
    samples[0] = Short.MIN_VALUE;
    samples[1] = Short.MAX_VALUE;
    return samples;
  }

  /** Interleaved 32-bit noise in native byte order. */
  static ByteBuffer noise32(int channels, int count) {
    Random random = new Random(13);
    ByteBuffer samples =
        ByteBuffer.allocateDirect(channels * count * Integer.BYTES).order(ByteOrder.nativeOrder());
    while (samples.hasRemaining()) {
      samples.putInt(random.nextInt());
    }
    return samples.flip();
  }

  static double[] channelOf(short[] interleaved, int channels, int channel) {
    double[] values = new double[interleaved.length / channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = interleaved[i * channels + channel] / 32768.0;
    }
    return values;
  }

  static double[] doubles(float[] samples) {
    double[] values = new double[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = samples[i];
    }
    return values;
  }

  static Encoded encode(String format, AudioOptions options, Feed feed) throws IOException {
    return encode(Encoder.builder(), format, options, feed);
  }

  static Encoded encode(Encoder.Builder builder, String format, AudioOptions options, Feed feed)
      throws IOException {
    ByteArrayOutput out = new ByteArrayOutput();
    try (Encoder encoder = builder.build()) {
      AudioStream stream = encoder.addAudio(options);
      encoder.openFileLike(out, format);
      feed.to(stream);
      EncodingResult result = encoder.finish();
      return new Encoded(out.toByteArray(), result);
    }
  }

  static Encoded encode(String format, AudioOptions options, float[][] samples) throws IOException {
    return encode(format, options, stream -> stream.addSamples(samples));
  }

  static Encoded encode(String format, AudioOptions options, short[] samples) throws IOException {
    int channels = options.channels();
    return encode(
        format,
        options,
        stream -> stream.addSamples(AudioSamples.ofInterleaved(channels, samples)));
  }

  static Encoded encode32(String format, AudioOptions options, ByteBuffer samples)
      throws IOException {
    int channels = options.channels();
    return encode(
        format,
        options,
        stream ->
            stream.addSamples(AudioSamples.of(SampleLayout.S32_INTERLEAVED, channels, samples)));
  }

  /** Returns the largest difference between samples at the same index; lengths must match. */
  static double maxDifference(double[] actual, double[] expected) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " samples instead of " + expected.length);
    }
    double maxDifference = 0;
    for (int i = 0; i < actual.length; i++) {
      maxDifference = Math.max(maxDifference, Math.abs(actual[i] - expected[i]));
    }
    return maxDifference;
  }

  /** Returns 1 for the same shape at any loudness, 0 for unrelated audio; ignores the edges. */
  static double similarity(double[] a, double[] b) {
    int from = Math.min(a.length, b.length) / 10;
    int to = Math.min(a.length, b.length) - from;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = from; i < to; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Returns the root mean square, ignoring the edges. */
  static double loudness(double[] samples) {
    int from = samples.length / 10;
    double sum = 0;
    for (int i = from; i < samples.length - from; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / (samples.length - 2 * from));
  }

  /** Returns the frequency of a sine, by its zero crossings. */
  static double pitch(double[] samples, int sampleRate) {
    int from = samples.length / 10;
    int crossings = 0;
    for (int i = from + 1; i < samples.length - from; i++) {
      if (samples[i - 1] < 0 && samples[i] >= 0) {
        crossings++;
      }
    }
    return (double) crossings * sampleRate / (samples.length - 2 * from);
  }
}
