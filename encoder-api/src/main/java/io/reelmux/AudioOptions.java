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
 * What an audio stream takes in and how it is encoded. Immutable.
 *
 * <p>Only sample rate and channels are required. What depends on the encoder is checked when a
 * destination is opened, with the rates, channel counts and formats it does take in the message.
 */
public final class AudioOptions {

  /** Most channels of a stream. */
  public static final int MAX_CHANNELS = 64;

  /** Highest sample rate. */
  public static final int MAX_SAMPLE_RATE = 768_000;

  private final Builder settings;

  private AudioOptions(Builder settings) {
    this.settings = new Builder(settings);
  }

  /**
   * Default encoding of sound of this rate and channel count.
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
   * Starts options with the required values.
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
   * A builder that starts with these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /** {@return samples per second of the input} */
  public int sampleRate() {
    return settings.sampleRate;
  }

  /** {@return channels of the input} */
  public int channels() {
    return settings.channels;
  }

  /** {@return the encoder or codec asked for} */
  public Optional<String> codec() {
    return Optional.ofNullable(settings.stream.codec);
  }

  /** {@return bits per second asked for} */
  public OptionalLong bitRate() {
    Long value = settings.stream.bitRate;
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** {@return channels of the encoded stream; those of the input unless set} */
  public int outputChannels() {
    Integer value = settings.outputChannels;
    return value == null ? settings.channels : value;
  }

  /** {@return the sample rate asked for} */
  public OptionalInt outputSampleRate() {
    Integer value = settings.outputSampleRate;
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** {@return the encoder's sample format asked for} */
  public Optional<String> sampleFormat() {
    return Optional.ofNullable(settings.sampleFormat);
  }

  /** {@return ISO 639-2 code of the language} */
  public Optional<String> language() {
    return Optional.ofNullable(settings.stream.language);
  }

  /** {@return the stream's title} */
  public Optional<String> title() {
    return Optional.ofNullable(settings.stream.title);
  }

  /** {@return what the stream is for, in no order} */
  public Set<Disposition> dispositions() {
    return Collections.unmodifiableSet(settings.stream.dispositions);
  }

  /** {@return the encoder's own options in the order they were set} */
  public Map<String, String> options() {
    return Collections.unmodifiableMap(settings.stream.options);
  }

  /** Collects the options of an audio stream. Not thread-safe. */
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
     * The encoder, by the name of the implementation ({@code libmp3lame}) or of the codec ({@code
     * mp3}). Default: by container.
     *
     * @param name the name, known to the backend
     * @return this
     */
    public Builder codec(String name) {
      stream.codec = Checks.name("codec", name);
      return this;
    }

    /**
     * Bits per second.
     *
     * @param bitsPerSecond 1 to 2^31-1
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder bitRate(long bitsPerSecond) {
      stream.bitRate = Checks.inRange("bitRate", bitsPerSecond, 1, Integer.MAX_VALUE);
      return this;
    }

    /**
     * Channels of the encoded stream; the input is mixed to them. Default: those of the input.
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
     * Samples per second of the encoded stream; the input is resampled to it. Default: the rate of
     * the input, or the nearest one that the encoder has.
     *
     * @param rate 1 to {@value #MAX_SAMPLE_RATE}
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder outputSampleRate(int rate) {
      outputSampleRate = Checks.inRange("outputSampleRate", rate, 1, MAX_SAMPLE_RATE);
      return this;
    }

    /**
     * The encoder's input format by FFmpeg's name ({@code s16}, {@code fltp}). Default: the one
     * that keeps most of the input; 24 bit for float into FLAC, 16 bit into WAV.
     *
     * @param name the name
     * @return this
     */
    public Builder sampleFormat(String name) {
      sampleFormat = Checks.name("sampleFormat", name);
      return this;
    }

    /**
     * The language of the stream.
     *
     * @param code three letters of ISO 639-2
     * @return this
     * @throws IllegalArgumentException if it is not three letters
     */
    public Builder language(String code) {
      stream.language = Checks.language(code);
      return this;
    }

    /**
     * The stream's title, where the container stores one.
     *
     * @param text any text without NUL
     * @return this
     */
    public Builder title(String text) {
      stream.title = Checks.text("title", text);
      return this;
    }

    /**
     * Adds a purpose of the stream.
     *
     * @param value the purpose
     * @return this
     */
    public Builder disposition(Disposition value) {
      stream.dispositions.add(Objects.requireNonNull(value, "disposition"));
      return this;
    }

    /**
     * An option of the encoder by FFmpeg's name; checked when a destination is opened.
     *
     * @param key the name
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if the same name was given another value
     */
    public Builder option(String key, String value) {
      Checks.putOnce(stream.options, "option", key, value);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return immutable options
     */
    public AudioOptions build() {
      return new AudioOptions(this);
    }
  }
}
