package io.reelmux;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The input format and encoding settings of an audio stream. Immutable.
 *
 * <p>Only the sample rate and the channel count are required. Settings that depend on the encoder
 * are checked when a destination is opened; the message then lists the supported rates, channel
 * counts and formats.
 */
public final class AudioOptions extends StreamOptions {

  /** Maximum number of channels of a stream. */
  public static final int MAX_CHANNELS = 64;

  /** Maximum sample rate, in samples per second. */
  public static final int MAX_SAMPLE_RATE = 768_000;

  private final Builder settings;

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

  /** {@return the number of channels of the encoded stream; that of the input unless set} */
  public int outputChannels() {
    Integer value = settings.outputChannels;
    return value == null ? settings.channels : value;
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

  /** A builder of audio options. Not thread-safe. */
  public static final class Builder extends StreamOptions.Builder<Builder> {
    private final int sampleRate;
    private final int channels;
    private @Nullable Integer outputChannels;
    private @Nullable Integer outputSampleRate;
    private @Nullable String sampleFormat;

    private Builder(int sampleRate, int channels) {
      this.sampleRate = Checks.inRange("sampleRate", sampleRate, 1, MAX_SAMPLE_RATE);
      this.channels = Checks.inRange("channels", channels, 1, MAX_CHANNELS);
    }

    private Builder(Builder other) {
      super(other);
      sampleRate = other.sampleRate;
      channels = other.channels;
      outputChannels = other.outputChannels;
      outputSampleRate = other.outputSampleRate;
      sampleFormat = other.sampleFormat;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the number of channels of the encoded stream; the input is mixed up or down to it.
     * Default: that of the input.
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
     * Builds the options.
     *
     * @return the immutable options
     */
    public AudioOptions build() {
      return new AudioOptions(new Builder(this));
    }
  }
}
