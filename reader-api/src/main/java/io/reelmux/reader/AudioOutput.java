package io.reelmux.reader;

import io.reelmux.ChannelLayout;
import io.reelmux.SampleLayout;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Which samples are wanted of an audio stream. Immutable; each method returns a changed copy. */
public final class AudioOutput {
  private static final int MAX_RATE = 768_000;

  private final @Nullable SampleLayout layout;
  private final int sampleRate;
  private final @Nullable ChannelLayout channels;
  private final boolean keepPriming;
  private final Damage damage;

  private AudioOutput(
      @Nullable SampleLayout layout,
      int sampleRate,
      @Nullable ChannelLayout channels,
      boolean keepPriming,
      Damage damage) {
    this.layout = layout;
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.keepPriming = keepPriming;
    this.damage = damage;
  }

  /**
   * Returns an output of a layout, with everything else as in the file.
   *
   * @param layout the layout; values wider than a byte are little-endian
   * @return the output
   */
  public static AudioOutput of(SampleLayout layout) {
    return new AudioOutput(Objects.requireNonNull(layout, "layout"), 0, null, false, Damage.SKIP);
  }

  /**
   * Returns an output of the decoder's layout, for encoding again.
   *
   * @return the output
   */
  public static AudioOutput source() {
    return new AudioOutput(null, 0, null, false, Damage.SKIP);
  }

  /**
   * Resamples.
   *
   * @param hertz samples per second and channel, 1 to 768,000
   * @return the changed output
   * @throws IllegalArgumentException if it is out of range
   */
  public AudioOutput sampleRate(int hertz) {
    if (hertz < 1 || hertz > MAX_RATE) {
      throw new IllegalArgumentException("sampleRate " + hertz + ": must be 1 to " + MAX_RATE);
    }
    return new AudioOutput(layout, hertz, channels, keepPriming, damage);
  }

  /**
   * Mixes the channels to a layout: by their places, with the same factors for every layout of
   * samples, so that nothing clips; channels that get lost are noted in the {@link ReadReport}. If
   * the channels of either side are discrete, as many pass unchanged, and mono or stereo is the
   * mean of all; any other mix is refused when the stream is opened.
   *
   * @param wanted the channels, such as {@link ChannelLayout#STEREO}
   * @return the changed output
   */
  public AudioOutput channels(ChannelLayout wanted) {
    Objects.requireNonNull(wanted, "wanted");
    return new AudioOutput(layout, sampleRate, wanted, keepPriming, damage);
  }

  /**
   * Keeps the samples before the first that is heard.
   *
   * @return the changed output
   */
  public AudioOutput keepPriming() {
    return new AudioOutput(layout, sampleRate, channels, true, damage);
  }

  /**
   * Sets what becomes of samples that cannot be decoded: {@link Damage#SKIP} and {@link
   * Damage#KEEP} leave silence of the same duration, so that later samples keep their numbers.
   *
   * @param damage {@link Damage#SKIP} by default
   * @return the changed output
   */
  public AudioOutput damage(Damage damage) {
    return new AudioOutput(
        layout, sampleRate, channels, keepPriming, Objects.requireNonNull(damage, "damage"));
  }

  /** {@return the layout; empty for the decoder's} */
  public Optional<SampleLayout> layout() {
    return Optional.ofNullable(layout);
  }

  /** {@return the sample rate; empty for the file's} */
  public OptionalInt sampleRate() {
    return sampleRate == 0 ? OptionalInt.empty() : OptionalInt.of(sampleRate);
  }

  /** {@return the channels; empty for the file's} */
  public Optional<ChannelLayout> channels() {
    return Optional.ofNullable(channels);
  }

  /** {@return whether the samples before the first that is heard are kept} */
  public boolean keepsPriming() {
    return keepPriming;
  }

  /** {@return what becomes of samples that cannot be decoded} */
  public Damage damage() {
    return damage;
  }

  /** {@code FLOAT_PLANAR, 16000 Hz, mono}. */
  @Override
  public String toString() {
    return (layout == null ? "the decoder's layout" : layout.toString())
        + (sampleRate == 0 ? "" : ", " + sampleRate + " Hz")
        + (channels == null ? "" : ", " + channels)
        + (keepPriming ? ", priming kept" : "")
        + (damage == Damage.SKIP ? "" : ", damage " + damage);
  }
}
