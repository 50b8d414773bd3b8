package io.reelmux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * N samples of each of C channels. Refers to the caller's memory, which is read while {@link
 * AudioStream#addSamples} runs.
 *
 * <p>Float and double samples lie in -1 to 1. Values beyond are clipped; NaN and infinity are
 * refused when the samples are added.
 */
public final class AudioSamples {
  private final SampleLayout layout;
  private final int channels;
  private final int count;

  /** One for each channel, or one for all channels. */
  private final List<SampleSource> planes;

  private final @Nullable Duration pts;

  private AudioSamples(
      SampleLayout layout,
      int channels,
      int count,
      List<SampleSource> planes,
      @Nullable Duration pts) {
    this.layout = layout;
    this.channels = channels;
    this.count = count;
    this.planes = planes;
    this.pts = pts;
  }

  /**
   * Samples in a buffer between its position and limit, which stay as they are, in the buffer's own
   * byte order.
   *
   * @param layout type and order of the values
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param buffer a whole number of samples; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the buffer's length is no multiple of a sample's size
   */
  public static AudioSamples of(SampleLayout layout, int channels, ByteBuffer buffer) {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(buffer, "buffer");
    Checks.inRange("channels", channels, 1, AudioOptions.MAX_CHANNELS);
    int sampleBytes = layout.type().bytes() * channels;
    if (buffer.remaining() % sampleBytes != 0) {
      throw new IllegalArgumentException(
          "%s with %d channels takes %d bytes a sample, the buffer's %d are no multiple of it"
              .formatted(layout, channels, sampleBytes, buffer.remaining()));
    }
    int count = buffer.remaining() / sampleBytes;
    int planes = layout.isPlanar() ? channels : 1;
    int planeBytes = buffer.remaining() / planes;
    List<SampleSource> sources = new ArrayList<>(planes);
    for (int plane = 0; plane < planes; plane++) {
      ByteBuffer values = buffer.slice(buffer.position() + plane * planeBytes, planeBytes);
      sources.add(SampleSource.of(layout.type(), values.order(buffer.order())));
    }
    return new AudioSamples(layout, channels, count, sources, null);
  }

  /**
   * Planar float samples.
   *
   * @param samples [channels][n], all channels of the same length; not empty
   * @return the samples
   * @throws IllegalArgumentException if the channels differ in length or there are none
   */
  public static AudioSamples of(float[][] samples) {
    Objects.requireNonNull(samples, "samples");
    Checks.inRange("channels", samples.length, 1, AudioOptions.MAX_CHANNELS);
    List<SampleSource> sources = new ArrayList<>(samples.length);
    int count = plane(samples, 0).length;
    for (int channel = 0; channel < samples.length; channel++) {
      float[] values = plane(samples, channel);
      if (values.length != count) {
        throw new IllegalArgumentException(
            "channel %d has %d samples, channel 0 has %d".formatted(channel, values.length, count));
      }
      sources.add(new SampleSource.Floats(FloatBuffer.wrap(values)));
    }
    return new AudioSamples(SampleLayout.FLOAT_PLANAR, sources.size(), count, sources, null);
  }

  private static float[] plane(float[][] planes, int channel) {
    float[] plane = planes[channel];
    if (plane == null) {
      throw new NullPointerException("channel " + channel);
    }
    return plane;
  }

  /**
   * Interleaved float samples.
   *
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param samples a multiple of {@code channels} values
   * @return the samples
   * @throws IllegalArgumentException if the length is no multiple of {@code channels}
   */
  public static AudioSamples ofInterleaved(int channels, float[] samples) {
    FloatBuffer values = FloatBuffer.wrap(Objects.requireNonNull(samples, "samples"));
    int count = interleavedCount(channels, samples.length);
    return new AudioSamples(
        SampleLayout.FLOAT_INTERLEAVED,
        channels,
        count,
        List.of(new SampleSource.Floats(values)),
        null);
  }

  /**
   * Interleaved signed 16-bit samples.
   *
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param samples a multiple of {@code channels} values
   * @return the samples
   * @throws IllegalArgumentException if the length is no multiple of {@code channels}
   */
  public static AudioSamples ofInterleaved(int channels, short[] samples) {
    ShortBuffer values = ShortBuffer.wrap(Objects.requireNonNull(samples, "samples"));
    int count = interleavedCount(channels, samples.length);
    return new AudioSamples(
        SampleLayout.S16_INTERLEAVED, channels, count, List.of(SampleSource.shorts(values)), null);
  }

  private static int interleavedCount(int channels, int length) {
    Checks.inRange("channels", channels, 1, AudioOptions.MAX_CHANNELS);
    if (length % channels != 0) {
      throw new IllegalArgumentException(
          length + " interleaved values are no multiple of " + channels + " channels");
    }
    return length / channels;
  }

  /**
   * The same samples at a time of their own. Time since the end of the samples before is filled
   * with silence.
   *
   * @param time of the first sample from the start of the stream, not negative
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public AudioSamples withPts(Duration time) {
    return new AudioSamples(layout, channels, count, planes, VideoFrame.notNegative("pts", time));
  }

  /** {@return type and order of the values} */
  public SampleLayout layout() {
    return layout;
  }

  /** {@return number of channels} */
  public int channels() {
    return channels;
  }

  /** {@return samples in each channel} */
  public int count() {
    return count;
  }

  /** {@return the time of the first sample, where the caller said one} */
  public Optional<Duration> pts() {
    return Optional.ofNullable(pts);
  }

  /**
   * Refuses samples that are no numbers: they abort or hang native encoders.
   *
   * @throws IllegalArgumentException naming channel and index of the first NaN or infinity
   */
  void checkFinite() {
    int perSample = channels / planes.size();
    for (int plane = 0; plane < planes.size(); plane++) {
      int first = plane;
      planes
          .get(plane)
          .checkFinite(
              i -> "sample %d of channel %d".formatted(i / perSample, first + i % perSample));
    }
    MappedMemory.raiseFault();
  }

  /**
   * Copies samples, interleaved and in native byte order, floats clipped to -1 to 1: how backends
   * read them.
   *
   * @param from index of the first sample
   * @param samples number of samples
   * @param target receives {@code samples * channels} values of {@code layout().type()} from its
   *     index 0 on; its position stays
   */
  public void copyInterleaved(int from, int samples, ByteBuffer target) {
    Objects.checkFromIndexSize(from, samples, count);
    ByteBuffer out = target.duplicate().rewind().order(ByteOrder.nativeOrder());
    int perSample = channels / planes.size();
    for (int plane = 0; plane < planes.size(); plane++) {
      planes.get(plane).copy(from * perSample, samples * perSample, out, plane, planes.size());
    }
    MappedMemory.raiseFault();
  }
}
