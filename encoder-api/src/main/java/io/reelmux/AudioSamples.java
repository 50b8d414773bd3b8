package io.reelmux;

import io.reelmux.internal.MemoryAccess;
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
 * N samples for each of C channels. Refers to the caller's memory, which is read during {@link
 * AudioStream#addSamples}; nothing is copied before that.
 *
 * <p>Float and double samples range from -1 to 1. Finite values outside are clipped; NaN and
 * infinity are refused when the samples are added.
 */
public final class AudioSamples {
  static {
    MemoryAccess.setSamples(AudioSamples::copyInterleaved);
  }

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
   * Returns the samples between a buffer's position and limit, which do not change. Values are in
   * the buffer's byte order.
   *
   * @param layout type and order of the values
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param buffer a whole number of samples for each channel; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the number of remaining bytes is not a multiple of the size
   *     of one sample of all channels
   */
  public static AudioSamples of(SampleLayout layout, int channels, ByteBuffer buffer) {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(buffer, "buffer");
    Checks.inRange("channels", channels, 1, AudioOptions.MAX_CHANNELS);
    int sampleBytes = layout.type().bytes() * channels;
    if (buffer.remaining() % sampleBytes != 0) {
      throw new IllegalArgumentException(
          "%s with %d channels has %d bytes per sample; the buffer has %d, which is not a multiple"
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
   * Returns planar float samples.
   *
   * @param samples {@code [channels][n]}; at least one channel, all of the same length
   * @return the samples
   * @throws IllegalArgumentException if the channels differ in length, or the number of channels is
   *     out of range
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
   * Returns interleaved float samples.
   *
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param samples N times {@code channels} values
   * @return the samples
   * @throws IllegalArgumentException if the length is not a multiple of {@code channels}
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
   * Returns interleaved signed 16-bit samples.
   *
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param samples N times {@code channels} values
   * @return the samples
   * @throws IllegalArgumentException if the length is not a multiple of {@code channels}
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
          length + " interleaved values are not a multiple of " + channels + " channels");
    }
    return length / channels;
  }

  /**
   * Returns the same samples with a presentation time. The gap since the end of the previous
   * samples is filled with silence.
   *
   * @param time the time of the first sample, from the start of the stream; not negative
   * @return a copy
   * @throws IllegalArgumentException if the time is negative
   */
  public AudioSamples withPts(Duration time) {
    return new AudioSamples(layout, channels, count, planes, VideoFrame.notNegative("pts", time));
  }

  /** {@return the type and order of the values} */
  public SampleLayout layout() {
    return layout;
  }

  /** {@return the number of channels} */
  public int channels() {
    return channels;
  }

  /** {@return the number of samples in each channel} */
  public int count() {
    return count;
  }

  /** {@return the time of the first sample, if set} */
  public Optional<Duration> pts() {
    return Optional.ofNullable(pts);
  }

  /**
   * Refuses NaN and infinity, which abort or hang native encoders.
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

  /** Copies samples: {@link io.reelmux.spi.HostMemory#copyInterleaved}. */
  void copyInterleaved(int from, int samples, ByteBuffer target) {
    Objects.checkFromIndexSize(from, samples, count);
    ByteBuffer out = target.duplicate().rewind().order(ByteOrder.nativeOrder());
    int perSample = channels / planes.size();
    for (int plane = 0; plane < planes.size(); plane++) {
      planes.get(plane).copy(from * perSample, samples * perSample, out, plane, planes.size());
    }
    MappedMemory.raiseFault();
  }

  /** {@code 1024 samples of FLOAT, 2 channels}. */
  @Override
  public String toString() {
    String text = count + " samples of " + layout + ", " + channels;
    return text + (channels == 1 ? " channel" : " channels") + (pts == null ? "" : " at " + pts);
  }
}
