package io.reelmux;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings that video and audio streams have in common. Immutable, and serializable between
 * programs that use the same version of this library.
 */
public abstract sealed class StreamOptions implements Serializable
    permits VideoOptions, AudioOptions {
  private static final long serialVersionUID = 1L;

  private final transient Builder<?> settings;

  /**
   * Creates options.
   *
   * @param settings must not be changed afterward
   */
  StreamOptions(Builder<?> settings) {
    this.settings = settings;
  }

  /** {@return the requested encoder or codec} */
  public Optional<String> codec() {
    return Optional.ofNullable(settings.codec);
  }

  /** {@return the requested bit rate, in bits per second} */
  public OptionalLong bitRate() {
    Long value = settings.bitRate;
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** {@return the ISO 639-2 code of the language} */
  public Optional<String> language() {
    return Optional.ofNullable(settings.language);
  }

  /** {@return the stream's title} */
  public Optional<String> title() {
    return Optional.ofNullable(settings.title);
  }

  /** {@return the tags of the stream, in the order they were set, without empty ones} */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(Checks.withoutEmpty(settings.metadata));
  }

  /** {@return the dispositions of the stream, in no particular order} */
  public Set<Disposition> dispositions() {
    return Collections.unmodifiableSet(settings.dispositions);
  }

  /** {@return the encoder's own options, in the order they were set} */
  public Map<String, String> options() {
    return Collections.unmodifiableMap(settings.options);
  }

  /** The settings that streams of both kinds have, as far as they are set. */
  String describeCommon() {
    StringBuilder text = new StringBuilder();
    codec().ifPresent(name -> text.append(", ").append(name));
    bitRate().ifPresent(rate -> text.append(", ").append(rate).append(" bit/s"));
    language().ifPresent(code -> text.append(", ").append(code));
    title().ifPresent(title -> text.append(", '").append(title).append('\''));
    return text.toString();
  }

  /**
   * A builder of the settings that video and audio streams have in common. Not thread-safe.
   *
   * @param <B> the type of the builder, which its methods return
   */
  public abstract static sealed class Builder<B extends Builder<B>> implements Serializable
      permits VideoOptions.Builder, AudioOptions.Builder {
    private static final long serialVersionUID = 1L;

    private @Nullable String codec;
    private @Nullable Long bitRate;
    private @Nullable String language;
    private @Nullable String title;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Set<Disposition> dispositions = EnumSet.noneOf(Disposition.class);

    Builder() {}

    Builder(Builder<?> other) {
      codec = other.codec;
      bitRate = other.bitRate;
      language = other.language;
      title = other.title;
      options.putAll(other.options);
      metadata.putAll(other.metadata);
      dispositions.addAll(other.dispositions);
    }

    abstract B self();

    /** The bit rate as it is set now. */
    @Nullable Long currentBitRate() {
      return bitRate;
    }

    /**
     * Sets the encoder, by the name of the implementation ({@code libx264}, {@code libmp3lame}) or
     * of the codec ({@code h264}, {@code mp3}). Default: chosen by the container; see the table in
     * the README.
     *
     * @param name a name known to the backend
     * @return this
     * @throws IllegalArgumentException if the name is blank
     */
    public B codec(String name) {
      codec = Checks.name("codec", name);
      return self();
    }

    /**
     * Resets the encoder to its default.
     *
     * @return this
     */
    public B unsetCodec() {
      codec = null;
      return self();
    }

    /**
     * Sets the average bit rate. Default: the encoder's own for audio; for video, constant quality.
     *
     * @param bitsPerSecond bits per second, 1 to 2^31-1
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public B bitRate(long bitsPerSecond) {
      bitRate = Checks.inRange("bitRate", bitsPerSecond, 1, Integer.MAX_VALUE);
      return self();
    }

    /**
     * Resets the bit rate to its default.
     *
     * @return this
     */
    public B unsetBitRate() {
      bitRate = null;
      return self();
    }

    /**
     * Sets the language of the stream. If the container does not store it, {@link
     * EncodingResult#notes} says so. Default: none.
     *
     * @param code a three-letter ISO 639-2 code ({@code eng}, {@code jpn})
     * @return this
     * @throws IllegalArgumentException if the code is not three letters
     */
    public B language(String code) {
      language = Checks.language(code);
      return self();
    }

    /**
     * Removes the language.
     *
     * @return this
     */
    public B unsetLanguage() {
      language = null;
      return self();
    }

    /**
     * Sets the title of the stream. If the container does not store one, {@link
     * EncodingResult#notes} says so. Default: none.
     *
     * @param text any text without NUL; an empty one writes no title
     * @return this
     * @throws IllegalArgumentException if the text contains NUL or an unpaired surrogate, or is too
     *     long
     */
    public B title(String text) {
      title = Checks.text("title", text);
      return self();
    }

    /**
     * Removes the title.
     *
     * @return this
     */
    public B unsetTitle() {
      title = null;
      return self();
    }

    /**
     * Adds a tag to the stream. If the container does not store it, {@link EncodingResult#notes}
     * says so.
     *
     * @param key the name of the tag, in any case; not {@code title}, {@code language} and {@code
     *     timecode}, which have methods of their own
     * @param value any text without NUL; an empty one writes no tag
     * @return this
     * @throws IllegalArgumentException if the tag is already set to another value
     */
    public B metadata(String key, String value) {
      Checks.reserved(key, "title", "title(String)");
      Checks.reserved(key, "language", "language(String)");
      Checks.reserved(key, "timecode", "VideoOptions.Builder.timecode(String)");
      Checks.putTag(metadata, key, value);
      return self();
    }

    /**
     * Removes all tags except title and language.
     *
     * @return this
     */
    public B clearMetadata() {
      metadata.clear();
      return self();
    }

    /**
     * Adds a disposition of the stream. If the container does not store it, {@link
     * EncodingResult#notes} says so.
     *
     * @param value the disposition
     * @return this
     */
    public B disposition(Disposition value) {
      dispositions.add(Objects.requireNonNull(value, "disposition"));
      return self();
    }

    /**
     * Removes all dispositions.
     *
     * @return this
     */
    public B clearDispositions() {
      dispositions.clear();
      return self();
    }

    /**
     * Sets one of the encoder's own options, by FFmpeg's name. Names, types and ranges are checked
     * when a destination is opened; named constants are accepted in place of numbers.
     *
     * @param key the name
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if the option is already set to another value
     */
    public B option(String key, String value) {
      Checks.putOnce(options, "option", key, value);
      return self();
    }

    /**
     * Removes all of the encoder's own options.
     *
     * @return this
     */
    public B clearOptions() {
      options.clear();
      return self();
    }
  }
}
