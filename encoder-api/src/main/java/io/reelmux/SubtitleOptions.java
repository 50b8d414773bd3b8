package io.reelmux;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a subtitle stream. Immutable. */
public final class SubtitleOptions {
  private final Builder settings;

  private SubtitleOptions(Builder settings) {
    this.settings = settings;
  }

  /**
   * Returns options for subtitles in a language.
   *
   * @param language a three-letter ISO 639-2 code ({@code eng}, {@code jpn})
   * @return the options
   * @throws IllegalArgumentException if the code is not three letters
   */
  public static SubtitleOptions of(String language) {
    return builder().language(language).build();
  }

  /**
   * Returns a builder with default settings.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns a builder initialized with these values.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /** {@return the requested codec} */
  public Optional<String> codec() {
    return Optional.ofNullable(settings.codec);
  }

  /** {@return the ISO 639-2 code of the language} */
  public Optional<String> language() {
    return Optional.ofNullable(settings.language);
  }

  /** {@return the stream's title} */
  public Optional<String> title() {
    return Optional.ofNullable(settings.title);
  }

  /** {@return the dispositions of the stream, in no particular order} */
  public Set<Disposition> dispositions() {
    return Collections.unmodifiableSet(settings.dispositions);
  }

  /** A builder. Not thread-safe. */
  public static final class Builder {
    private @Nullable String codec;
    private @Nullable String language;
    private @Nullable String title;
    private final Set<Disposition> dispositions = EnumSet.noneOf(Disposition.class);

    private Builder() {}

    private Builder(Builder other) {
      codec = other.codec;
      language = other.language;
      title = other.title;
      dispositions.addAll(other.dispositions);
    }

    /**
     * Sets the codec of the text: {@code mov_text}, {@code webvtt}, {@code subrip} or {@code ass}.
     * Default: the container's; MP4 and MOV hold {@code mov_text}, WebM {@code webvtt}, Matroska
     * {@code subrip} unless another one is set.
     *
     * @param name the name
     * @return this
     * @throws IllegalArgumentException if the name is blank
     */
    public Builder codec(String name) {
      codec = Checks.name("codec", name);
      return this;
    }

    /**
     * Sets the language of the stream. Default: none.
     *
     * @param code a three-letter ISO 639-2 code ({@code eng}, {@code jpn})
     * @return this
     * @throws IllegalArgumentException if the code is not three letters
     */
    public Builder language(String code) {
      language = Checks.language(code);
      return this;
    }

    /**
     * Sets the title of the stream. Default: none.
     *
     * @param text any text without NUL
     * @return this
     * @throws IllegalArgumentException if the text contains NUL or is too long
     */
    public Builder title(String text) {
      title = Checks.text("title", text);
      return this;
    }

    /**
     * Adds a disposition of the stream.
     *
     * @param value the disposition
     * @return this
     */
    public Builder disposition(Disposition value) {
      dispositions.add(Objects.requireNonNull(value, "disposition"));
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public SubtitleOptions build() {
      return new SubtitleOptions(new Builder(this));
    }
  }
}
