package io.reelmux;

import io.reelmux.internal.MappedMemory;
import io.reelmux.internal.MemoryAccess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import org.jspecify.annotations.Nullable;

/**
 * N samples for each of C channels. Refers to the caller's memory, which is read during {@link
 * AudioStream#addSamples}; nothing is copied before that.
 *
 * <p><b>Byte order.</b> A {@code ByteBuffer} is read in its own order, which is big-endian unless
 * {@link ByteBuffer#order(ByteOrder)} was called: {@code ByteBuffer.wrap(pcm)} of the little-endian
 * bytes that sound cards and WAV files have is noise. A {@code byte[]} is little-endian. Bytes with
 * an {@link AudioFormat} have the order that it says. Typed buffers and arrays have none.
 *
 * <p><b>Floats.</b> Full scale of float and double samples is -1 to 1. Encoders that store floats,
 * such as {@code pcm_f32le}, keep every finite value; for all others, values outside are clipped,
 * and the notes of the result count them. NaN and infinity are refused when the samples are added.
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
    SampleLayout.Type type = layout.type();
    if (buffer.remaining() % type.bytes() != 0) {
      throw partial(layout, channels, buffer.remaining() + " bytes");
    }
    return of(
        layout,
        channels,
        type,
        buffer.remaining() / type.bytes(),
        (first, length) ->
            SampleSource.of(
                type,
                buffer
                    .slice(buffer.position() + first * type.bytes(), length * type.bytes())
                    .order(buffer.order())));
  }

  /**
   * Returns samples in little-endian bytes.
   *
   * @param layout type and order of the values
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param bytes a whole number of samples for each channel; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the length is not a multiple of the size of one sample of
   *     all channels
   */
  public static AudioSamples of(SampleLayout layout, int channels, byte[] bytes) {
    return of(layout, channels, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /**
   * Returns samples in a format of {@code javax.sound}: PCM of 8, 16, 24 or 32 bits, signed or
   * unsigned, float of 32 or 64 bits, in either byte order, or mu-law and A-law. What has no {@link
   * SampleLayout} is copied and converted at once, without loss.
   *
   * <p>The sample rate is that of the stream's {@link AudioOptions#of(AudioFormat)}; {@link
   * AudioStream#addSamples(AudioInputStream)} compares it.
   *
   * @param format the format
   * @param bytes a whole number of samples for each channel; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the format is another, or the length is not a multiple of
   *     its frame size
   */
  public static AudioSamples of(AudioFormat format, byte[] bytes) {
    return JavaSound.samples(format, bytes);
  }

  /**
   * Returns the samples between a buffer's position and limit, which do not change.
   *
   * @param layout a layout of 16-bit integers
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param buffer a whole number of samples for each channel; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the layout has another type, or the number of values is not
   *     a multiple of {@code channels}
   */
  public static AudioSamples of(SampleLayout layout, int channels, ShortBuffer buffer) {
    return of(
        layout,
        channels,
        SampleLayout.Type.S16,
        buffer.remaining(),
        (first, length) -> SampleSource.shorts(buffer.slice(buffer.position() + first, length)));
  }

  /**
   * Returns the samples between a buffer's position and limit, which do not change.
   *
   * @param layout a layout of 32-bit integers
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param buffer a whole number of samples for each channel; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the layout has another type, or the number of values is not
   *     a multiple of {@code channels}
   */
  public static AudioSamples of(SampleLayout layout, int channels, IntBuffer buffer) {
    return of(
        layout,
        channels,
        SampleLayout.Type.S32,
        buffer.remaining(),
        (first, length) -> SampleSource.ints(buffer.slice(buffer.position() + first, length)));
  }

  /**
   * Returns the samples between a buffer's position and limit, which do not change.
   *
   * @param layout a layout of floats
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param buffer a whole number of samples for each channel; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the layout has another type, or the number of values is not
   *     a multiple of {@code channels}
   */
  public static AudioSamples of(SampleLayout layout, int channels, FloatBuffer buffer) {
    return of(
        layout,
        channels,
        SampleLayout.Type.FLOAT,
        buffer.remaining(),
        (first, length) ->
            new SampleSource.Floats(buffer.slice(buffer.position() + first, length)));
  }

  /**
   * Returns the samples between a buffer's position and limit, which do not change.
   *
   * @param layout a layout of doubles
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param buffer a whole number of samples for each channel; may be empty
   * @return the samples
   * @throws IllegalArgumentException if the layout has another type, or the number of values is not
   *     a multiple of {@code channels}
   */
  public static AudioSamples of(SampleLayout layout, int channels, DoubleBuffer buffer) {
    return of(
        layout,
        channels,
        SampleLayout.Type.DOUBLE,
        buffer.remaining(),
        (first, length) ->
            new SampleSource.Doubles(buffer.slice(buffer.position() + first, length)));
  }

  private static AudioSamples of(
      SampleLayout layout, int channels, SampleLayout.Type type, int values, Slices slices) {
    Objects.requireNonNull(layout, "layout");
    Checks.inRange("channels", channels, 1, AudioOptions.MAX_CHANNELS);
    if (layout.type() != type) {
      throw new IllegalArgumentException(
          "layout " + layout + ": the buffer requires one of type " + type);
    }
    if (values % channels != 0) {
      throw partial(layout, channels, values + " values");
    }
    int planes = layout.isPlanar() ? channels : 1;
    List<SampleSource> sources = new ArrayList<>(planes);
    for (int plane = 0; plane < planes; plane++) {
      sources.add(slices.of(plane * (values / planes), values / planes));
    }
    return new AudioSamples(layout, channels, values / channels, sources, null);
  }

  private static IllegalArgumentException partial(SampleLayout layout, int channels, String size) {
    return new IllegalArgumentException(
        "the buffer has "
            + size
            + ", which is not a multiple of one sample of "
            + channels
            + " channels in "
            + layout
            + ", "
            + channels * layout.type().bytes()
            + " bytes");
  }

  /** Makes the source of the values of a plane, by the index of the first and their number. */
  @FunctionalInterface
  private interface Slices {
    SampleSource of(int first, int length);
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
            "channel " + channel + " has " + values.length + " samples, channel 0 has " + count);
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
    return of(SampleLayout.FLOAT_INTERLEAVED, channels, FloatBuffer.wrap(samples));
  }

  /**
   * Returns interleaved double samples.
   *
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param samples N times {@code channels} values
   * @return the samples
   * @throws IllegalArgumentException if the length is not a multiple of {@code channels}
   */
  public static AudioSamples ofInterleaved(int channels, double[] samples) {
    return of(SampleLayout.DOUBLE_INTERLEAVED, channels, DoubleBuffer.wrap(samples));
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
    return of(SampleLayout.S16_INTERLEAVED, channels, ShortBuffer.wrap(samples));
  }

  /**
   * Returns interleaved signed 32-bit samples.
   *
   * @param channels 1 to {@value AudioOptions#MAX_CHANNELS}
   * @param samples N times {@code channels} values
   * @return the samples
   * @throws IllegalArgumentException if the length is not a multiple of {@code channels}
   */
  public static AudioSamples ofInterleaved(int channels, int[] samples) {
    return of(SampleLayout.S32_INTERLEAVED, channels, IntBuffer.wrap(samples));
  }

  /**
   * Returns the same samples with a presentation time. By default the gap since the end of the
   * previous samples, or since 0, is filled with silence, up to an hour of it; {@link
   * AudioOptions.Builder#gaps}, {@link AudioOptions.Builder#maxGap} and {@link
   * AudioOptions.Builder#timestampTolerance} say more.
   *
   * @param time the time of the first sample, from the start of the stream (0, not 1970); not
   *     negative
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
   * Returns a copy of the values as floats, full scale from -1 to 1.
   *
   * @return {@code [channels][count]}
   */
  public float[][] toFloats() {
    float[][] all = new float[channels][count];
    ByteBuffer values = interleaved();
    for (int i = 0; i < count; i++) {
      for (int channel = 0; channel < channels; channel++) {
        all[channel][i] = SampleValues.toFloat(layout.type(), values);
      }
    }
    return all;
  }

  /**
   * Returns a copy of the values in {@link #layout}, little-endian.
   *
   * @return interleaved values, or those of one channel after another
   * @throws IllegalArgumentException if they exceed an array
   */
  public byte[] toBytes() {
    SampleLayout.Type type = layout.type();
    long bytes = (long) count * channels * type.bytes();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(this + ": " + bytes + " bytes exceed an array");
    }
    ByteBuffer all = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    int perPlane = count * (channels / planes.size());
    for (int plane = 0; plane < planes.size(); plane++) {
      ByteBuffer values = wide(perPlane);
      planes.get(plane).copy(0, perPlane, values, 0, 1);
      SampleValues.pack(type, values, all);
    }
    MappedMemory.raiseFault();
    return all.array();
  }

  private ByteBuffer interleaved() {
    ByteBuffer values = wide(count * channels);
    copyInterleaved(0, count, values);
    return values;
  }

  /** A buffer for values as {@link SampleSource#copy} writes them: 24 bits in an integer. */
  private ByteBuffer wide(int values) {
    int bytes = layout.type() == SampleLayout.Type.S24 ? Integer.BYTES : layout.type().bytes();
    return ByteBuffer.allocate(values * bytes).order(ByteOrder.nativeOrder());
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
          .checkFinite(i -> "sample " + i / perSample + " of channel " + (first + i % perSample));
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
