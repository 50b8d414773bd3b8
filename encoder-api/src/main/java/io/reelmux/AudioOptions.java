package io.reelmux;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The input format and encoding settings of an audio stream. Immutable.
 *
 * <p>Only the sample rate and the channel count are required. Settings that depend on the encoder
 * are checked when a destination is opened; the message then lists the supported rates, channel
 * counts and formats.
 */
public final class AudioOptions {

  /** Maximum number of channels of a stream. */
  public static final int MAX_CHANNELS = 64;

  /** Maximum sample rate, in samples per second. */
  public static final int MAX_SAMPLE_RATE = 768_000;

  private final Builder settings;

  private AudioOptions(Builder settings) {
    this.settings = new Builder(settings);
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

  /** {@return the requested encoder or codec} */
  public Optional<String> codec() {
    return Optional.ofNullable(settings.stream.codec);
  }

  /** {@return the requested bit rate, in bits per second} */
  public OptionalLong bitRate() {
    Long value = settings.stream.bitRate;
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
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

  /** {@return the ISO 639-2 code of the language} */
  public Optional<String> language() {
    return Optional.ofNullable(settings.stream.language);
  }

  /** {@return the stream's title} */
  public Optional<String> title() {
    return Optional.ofNullable(settings.stream.title);
  }

  /** {@return the dispositions of the stream, in no particular order} */
  public Set<Disposition> dispositions() {
    return Collections.unmodifiableSet(settings.stream.dispositions);
  }

  /** {@return the encoder's own options, in the order they were set} */
  public Map<String, String> options() {
    return Collections.unmodifiableMap(settings.stream.options);
  }

  /** A builder of audio options. Not thread-safe. */
  public static final class Builder {
    private final int sampleRate;
    private final int channels;
    private final StreamSettings stream;
    private @Nullable Integer outputChannels;
    private @Nullable Integer outputSampleRate;
    private @Nullable String sampleFormat;

    private Builder(int sampleRate, int channels) {
      this.sampleRate = Checks.inRange("sampleRate", sampleRate, 1, MAX_SAMPLE_RATE);
      this.channels = Checks.inRange("channels", channels, 1, MAX_CHANNELS);
      this.stream = new StreamSettings();
    }

    private Builder(Builder other) {
      sampleRate = other.sampleRate;
      channels = other.channels;
      stream = new StreamSettings(other.stream);
      outputChannels = other.outputChannels;
      outputSampleRate = other.outputSampleRate;
      sampleFormat = other.sampleFormat;
    }

    /**
     * Sets the encoder, by the name of the implementation ({@code libmp3lame}) or of the codec
     * ({@code mp3}). Default: chosen by the container.
     *
     * @param name a name known to the backend
     * @return this
     */
    public Builder codec(String name) {
      stream.codec = Checks.name("codec", name);
      return this;
    }

    /**
     * Sets the bit rate.
     *
     * @param bitsPerSecond bits per second, 1 to 2^31-1
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder bitRate(long bitsPerSecond) {
      stream.bitRate = Checks.inRange("bitRate", bitsPerSecond, 1, Integer.MAX_VALUE);
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
     * Sets the language of the stream.
     *
     * @param code a three-letter ISO 639-2 code
     * @return this
     * @throws IllegalArgumentException if the code is not three letters
     */
    public Builder language(String code) {
      stream.language = Checks.language(code);
      return this;
    }

    /**
     * Sets the title of the stream; dropped by containers that do not store one.
     *
     * @param text any text without NUL
     * @return this
     */
    public Builder title(String text) {
      stream.title = Checks.text("title", text);
      return this;
    }

    /**
     * Adds a disposition of the stream.
     *
     * @param value the disposition
     * @return this
     */
    public Builder disposition(Disposition value) {
      stream.dispositions.add(Objects.requireNonNull(value, "disposition"));
      return this;
    }

    /**
     * Sets one of the encoder's own options, by FFmpeg's name. Names and values are checked when a
     * destination is opened.
     *
     * @param key the name
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if the option is already set to another value
     */
    public Builder option(String key, String value) {
      Checks.putOnce(stream.options, "option", key, value);
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the immutable options
     */
    public AudioOptions build() {
      return new AudioOptions(this);
    }
  }
}
