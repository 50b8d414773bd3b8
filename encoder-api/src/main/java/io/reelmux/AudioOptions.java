package io.reelmux;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * The input format and encoding settings of an audio stream. Immutable.
 *
 * <p>Only the sample rate and the channels are required. Settings that depend on the encoder are
 * checked when a destination is opened; the message then lists the supported rates, channel counts,
 * layouts and formats.
 *
 * <p><b>Channels.</b> A count of 1 is {@link ChannelLayout#MONO}, of 2 {@link
 * ChannelLayout#STEREO}. More channels have a {@link ChannelLayout}, or are equal and of no place.
 * They cannot be mixed then, since nobody knows how; and if the encoder requires a layout, it marks
 * them as its usual one, which {@link EncodingResult#notes()} names.
 *
 * <p><b>Mixing</b> is done by the matrix of ITU-R BS.775, as FFmpeg does it: center and surround
 * with 0.707. Low frequencies are left out, as are channels for which the output has no place; the
 * notes name them. With integer formats the sum is scaled so that it cannot clip.
 *
 * <p><b>Times.</b> Samples follow each other unless they have a time of their own ({@link
 * AudioSamples#withPts}). A time within the {@link Builder#timestampTolerance tolerance} of the end
 * of the samples before joins them. A later one leaves a {@link Builder#gaps gap}; an earlier one
 * is refused, or {@link Builder#trimOverlaps cut}.
 */
public final class AudioOptions extends StreamOptions {
  private static final long serialVersionUID = 1L;

  /** Maximum number of channels of a stream. */
  public static final int MAX_CHANNELS = 64;

  /** Maximum sample rate, in samples per second. */
  public static final int MAX_SAMPLE_RATE = 768_000;

  /** Default of {@link Builder#timestampTolerance}. */
  public static final Duration DEFAULT_TIMESTAMP_TOLERANCE = Duration.ofMillis(1);

  /** Default of {@link Builder#maxGap}. */
  public static final Duration DEFAULT_MAX_GAP = Duration.ofHours(1);

  private static final Duration MAX_TOLERANCE = Duration.ofSeconds(10);

  private final transient Builder settings;

  private AudioOptions(Builder settings) {
    super(settings);
    this.settings = settings;
  }

  /**
   * Returns options with default encoding settings for this sample rate and channel count.
   *
   * @param sampleRate samples per second and channel, 1 to {@value #MAX_SAMPLE_RATE}
   * @param channels 1 to {@value #MAX_CHANNELS}
   * @return the options
   * @throws IllegalArgumentException if a value is out of range
   */
  public static AudioOptions of(int sampleRate, int channels) {
    return builder(sampleRate, channels).build();
  }

  /**
   * Returns options with default encoding settings for this sample rate and layout.
   *
   * @param sampleRate samples per second and channel, 1 to {@value #MAX_SAMPLE_RATE}
   * @param layout the channels in the order in which the samples have them
   * @return the options
   * @throws IllegalArgumentException if a value is out of range
   */
  public static AudioOptions of(int sampleRate, ChannelLayout layout) {
    return builder(sampleRate, layout.count()).channelLayout(layout).build();
  }

  /**
   * Returns options with the sample rate and channel count of a format of {@code javax.sound}.
   *
   * @param format with whole samples per second
   * @return the options
   * @throws IllegalArgumentException if the rate is not a whole number, or a value is out of range
   */
  public static AudioOptions of(AudioFormat format) {
    float rate = format.getSampleRate();
    if (rate != (int) rate) {
      throw new IllegalArgumentException(
          "sample rate " + rate + " of " + format + ": must be a whole number");
    }
    return of((int) rate, format.getChannels());
  }

  /**
   * Returns a builder with the required values.
   *
   * @param sampleRate samples per second and channel, 1 to {@value #MAX_SAMPLE_RATE}
   * @param channels 1 to {@value #MAX_CHANNELS}
   * @return a builder
   * @throws IllegalArgumentException if a value is out of range
   */
  public static Builder builder(int sampleRate, int channels) {
    return new Builder(sampleRate, channels);
  }

  /**
   * Returns a builder initialized with these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /** {@return the sample rate of the input, in samples per second} */
  public int sampleRate() {
    return settings.sampleRate;
  }

  /** {@return the number of channels of the input} */
  public int channels() {
    return settings.channels;
  }

  /**
   * {@return the places of the input's channels; empty if they were not set and there are more than
   * two}
   */
  public Optional<ChannelLayout> channelLayout() {
    ChannelLayout layout = settings.channelLayout;
    return layout == null ? ChannelLayout.ofCount(settings.channels) : Optional.of(layout);
  }

  /** {@return the number of channels of the encoded stream; that of the input unless set} */
  public int outputChannels() {
    ChannelLayout layout = settings.outputChannelLayout;
    if (layout != null) {
      return layout.count();
    }
    Integer value = settings.outputChannels;
    return value == null ? settings.channels : value;
  }

  /**
   * {@return the places of the encoded channels; those of the input unless they are mixed; empty if
   * nothing says them}
   */
  public Optional<ChannelLayout> outputChannelLayout() {
    ChannelLayout layout = settings.outputChannelLayout;
    if (layout != null) {
      return Optional.of(layout);
    }
    return outputChannels() == channels()
        ? channelLayout()
        : ChannelLayout.ofCount(outputChannels());
  }

  /** {@return what becomes of gaps between samples with times of their own} */
  public AudioGaps gaps() {
    return settings.gaps;
  }

  /** {@return the longest gap that is accepted} */
  public Duration maxGap() {
    return settings.maxGap;
  }

  /** {@return how far a time may differ from the end of the samples before, and still join them} */
  public Duration timestampTolerance() {
    return settings.timestampTolerance;
  }

  /** {@return whether samples that overlap earlier ones are cut instead of refused} */
  public boolean trimOverlaps() {
    return settings.trimOverlaps;
  }

  /** {@return the filters that samples pass before they are encoded} */
  public Optional<String> filter() {
    return Optional.ofNullable(settings.filter);
  }

  /** {@return the requested sample rate of the encoded stream, in samples per second} */
  public OptionalInt outputSampleRate() {
    Integer value = settings.outputSampleRate;
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** {@return the requested sample format of the encoder} */
  public Optional<String> sampleFormat() {
    return Optional.ofNullable(settings.sampleFormat);
  }

  /** {@code 48000 Hz, 2 channels, libopus}. */
  @Override
  public String toString() {
    return sampleRate()
        + " Hz, "
        + channels()
        + (channels() == 1 ? " channel" : " channels")
        + describeCommon();
  }

  private Object writeReplace() {
    return new Form(settings);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("AudioOptions are read as their settings");
  }

  /** The serialized form: the settings are checked again when it is read. */
  private record Form(Builder settings) implements Serializable {
    private Object readResolve() {
      return settings.build();
    }
  }

  /** A builder of audio options. Not thread-safe. */
  public static final class Builder extends StreamOptions.Builder<Builder> {
    private static final long serialVersionUID = 1L;
    private final int sampleRate;
    private final int channels;
    private @Nullable ChannelLayout channelLayout;
    private @Nullable Integer outputChannels;
    private @Nullable ChannelLayout outputChannelLayout;
    private @Nullable Integer outputSampleRate;
    private @Nullable String sampleFormat;
    private AudioGaps gaps = AudioGaps.FILL;
    private Duration maxGap = DEFAULT_MAX_GAP;
    private Duration timestampTolerance = DEFAULT_TIMESTAMP_TOLERANCE;
    private boolean trimOverlaps;
    private @Nullable String filter;

    private Builder(int sampleRate, int channels) {
      this.sampleRate = Checks.inRange("sampleRate", sampleRate, 1, MAX_SAMPLE_RATE);
      this.channels = Checks.inRange("channels", channels, 1, MAX_CHANNELS);
    }

    private Builder(Builder other) {
      super(other);
      sampleRate = other.sampleRate;
      channels = other.channels;
      channelLayout = other.channelLayout;
      outputChannels = other.outputChannels;
      outputChannelLayout = other.outputChannelLayout;
      outputSampleRate = other.outputSampleRate;
      sampleFormat = other.sampleFormat;
      gaps = other.gaps;
      maxGap = other.maxGap;
      timestampTolerance = other.timestampTolerance;
      trimOverlaps = other.trimOverlaps;
      filter = other.filter;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the places and the order of the input's channels. Default: mono for one channel, stereo
     * for two, otherwise unknown.
     *
     * @param layout with as many channels as the input
     * @return this
     * @throws IllegalArgumentException if it has another number of channels
     */
    public Builder channelLayout(ChannelLayout layout) {
      if (layout.count() != channels) {
        throw new IllegalArgumentException(
            "channelLayout "
                + layout
                + " has "
                + layout.count()
                + " channels: the input has "
                + channels);
      }
      channelLayout = layout;
      return this;
    }

    /**
     * Resets the places of the input's channels to their default.
     *
     * @return this
     */
    public Builder unsetChannelLayout() {
      channelLayout = null;
      return this;
    }

    /**
     * Sets the places of the encoded channels; the input is mixed to them. Their order is the
     * codec's: it does not matter in which order the layout names them. Default: the input's, or
     * what {@link #outputChannels} says.
     *
     * @param layout the channels; {@link ChannelLayout#discrete} ones only if the input has as many
     * @return this
     */
    public Builder outputChannelLayout(ChannelLayout layout) {
      outputChannelLayout = layout.ordered();
      return this;
    }

    /**
     * Resets the places of the encoded channels to their default.
     *
     * @return this
     */
    public Builder unsetOutputChannelLayout() {
      outputChannelLayout = null;
      return this;
    }

    /**
     * Sets what becomes of gaps between samples with times of their own. Default: {@link
     * AudioGaps#FILL}.
     *
     * @param value fill or keep them
     * @return this
     */
    public Builder gaps(AudioGaps value) {
      gaps = Objects.requireNonNull(value, "gaps");
      return this;
    }

    /**
     * Sets the longest gap that is accepted; samples after a longer one are refused, so that times
     * that count from another start, such as 1970, do not fill the disk with silence. Default: one
     * hour.
     *
     * @param duration not negative
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public Builder maxGap(Duration duration) {
      maxGap = VideoFrame.notNegative("maxGap", duration);
      return this;
    }

    /**
     * Sets how far the time of samples may differ from the end of the samples before, in both
     * directions, and still join them without silence and without loss. The times of a capture
     * device wobble by its buffer: 20 ms are usual. A difference beyond it is corrected as a whole:
     * so audio and time never differ by more than this. Default: 1 ms.
     *
     * @param duration 0 to 10 s
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder timestampTolerance(Duration duration) {
      VideoFrame.notNegative("timestampTolerance", duration);
      if (duration.compareTo(MAX_TOLERANCE) > 0) {
        throw new IllegalArgumentException(
            "timestampTolerance " + duration + ": must be from PT0S to " + MAX_TOLERANCE);
      }
      timestampTolerance = duration;
      return this;
    }

    /**
     * Sets whether samples that start before the end of the earlier ones, by more than the
     * tolerance, lose what overlaps; the notes say how many. Default: they are refused.
     *
     * @param value true to cut them
     * @return this
     */
    public Builder trimOverlaps(boolean value) {
      trimOverlaps = value;
      return this;
    }

    /**
     * Sets the number of channels of the encoded stream, one or two of which are {@link
     * ChannelLayout#MONO} or {@link ChannelLayout#STEREO}; the input is mixed up or down to it.
     * More are mixed by {@link #outputChannelLayout} only. Default: that of the input.
     *
     * @param count 1 to {@value #MAX_CHANNELS}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder outputChannels(int count) {
      outputChannels = Checks.inRange("outputChannels", count, 1, MAX_CHANNELS);
      return this;
    }

    /**
     * Resets the number of channels of the encoded stream to its default.
     *
     * @return this
     */
    public Builder unsetOutputChannels() {
      outputChannels = null;
      return this;
    }

    /**
     * Sets the sample rate of the encoded stream; the input is resampled to it. Default: the rate
     * of the input, or the nearest one that the encoder supports.
     *
     * @param rate samples per second, 1 to {@value #MAX_SAMPLE_RATE}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder outputSampleRate(int rate) {
      outputSampleRate = Checks.inRange("outputSampleRate", rate, 1, MAX_SAMPLE_RATE);
      return this;
    }

    /**
     * Resets the sample rate of the encoded stream to its default.
     *
     * @return this
     */
    public Builder unsetOutputSampleRate() {
      outputSampleRate = null;
      return this;
    }

    /**
     * Sets the encoder's sample format, by FFmpeg's name ({@code s16}, {@code fltp}). Default: the
     * format that preserves most of the input; for float input, 24 bits in FLAC and 16 bits in WAV.
     * {@code EncodingResult.notes()} says when integers lose bits.
     *
     * @param name the name
     * @return this
     */
    public Builder sampleFormat(String name) {
      sampleFormat = Checks.name("sampleFormat", name);
      return this;
    }

    /**
     * Resets the sample format to its default.
     *
     * @return this
     */
    public Builder unsetSampleFormat() {
      sampleFormat = null;
      return this;
    }

    /**
     * Sets filters that samples pass before they are encoded, in FFmpeg's syntax ({@code
     * loudnorm=I=-16,aresample=48000}), with one input and one output. They are checked when a
     * destination is opened, and FFmpeg's words are in the message. Default: none.
     *
     * <p>Filters are given samples of the encoded rate and channels in the encoder's sample format,
     * and what leaves them is converted back to these. Their samples follow each other from time 0,
     * whatever their number: times that filters set have no effect, so {@code asetpts} is refused.
     * They may hold samples back until the stream ends, and run on the thread that adds samples.
     *
     * <p>Filters that open files, devices or connections are refused unless {@link
     * Encoder.Builder#allowFilterFiles} allows them; those that make samples without end, always.
     * One that makes more than an hour of audio of a few samples, or of the end, fails. Contradicts
     * {@link AudioGaps#KEEP}, since the filter may change the number of samples.
     *
     * @param description the filters
     * @return this
     */
    public Builder filter(String description) {
      filter = Checks.name("filter", description);
      return this;
    }

    /**
     * Removes the filters.
     *
     * @return this
     */
    public Builder unsetFilter() {
      filter = null;
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the immutable options
     * @throws IllegalArgumentException if {@code outputChannels} and {@code outputChannelLayout}
     *     differ in number, or gaps are to be kept behind a filter
     */
    public AudioOptions build() {
      if (filter != null && gaps == AudioGaps.KEEP) {
        throw new IllegalArgumentException(
            "filter contradicts gaps KEEP: it may change the number of samples; use gaps FILL");
      }
      if (outputChannels != null
          && outputChannelLayout != null
          && outputChannels != outputChannelLayout.count()) {
        throw new IllegalArgumentException(
            "outputChannels "
                + outputChannels
                + ": outputChannelLayout "
                + outputChannelLayout
                + " has "
                + outputChannelLayout.count());
      }
      return new AudioOptions(new Builder(this));
    }
  }
}
