package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.RateControl;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.option.OptionSetter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses values of raw options that a library would silently replace by others: x264 takes 51 for
 * a crf of 60. The range is that of the setting that says the same.
 */
final class RawRates {

  /** FFmpeg's value of an option that is not set. */
  private static final double UNSET = -1;

  private final EncoderProfile profile;
  private final Map<String, String> options;
  private final OptionSetter setter;

  private RawRates(EncoderProfile profile, Map<String, String> options, OptionSetter setter) {
    this.profile = profile;
    this.options = options;
    this.setter = setter;
  }

  /**
   * Checks the caller's raw options, and the parameters inside them.
   *
   * @throws IllegalArgumentException with the range
   */
  static void check(EncoderProfile profile, VideoOptions options, OptionSetter setter) {
    RawRates rates = new RawRates(profile, options.options(), setter);
    rates.check("crf", profile.minCrf(), profile.maxCrf());
    if (profile.rateControls().contains(RateControl.CONSTANT_QP)) {
      rates.check("qp", profile.qpRange().get(0), profile.qpRange().get(1));
    }
  }

  private void check(String name, int min, int max) {
    Optional<String> option = Optional.ofNullable(options.get(name)).filter(x -> setter.has(name));
    Stream.concat(option.stream(), profile.libraryParameters().values(options, name).stream())
        .filter(value -> isOutside(EncoderProfile.number(value), min, max))
        .findFirst()
        .ifPresent(
            value -> {
              throw new IllegalArgumentException(
                  "%s %s: %s accepts %d to %d".formatted(name, value, profile.encoder(), min, max));
            });
  }

  private static boolean isOutside(double value, int min, int max) {
    return value != UNSET && (value < min || value > max);
  }
}
