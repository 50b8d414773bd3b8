package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.Quality;
import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import io.reelmux.ffmpeg.internal.option.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;

/**
 * Refuses the presets, tunes and profiles that x264 refuses. x264 parses them before it has a log,
 * and prints errors to the standard error stream.
 */
public final class X264Rules {
  private static final List<String> PSY_TUNES =
      List.of("film", "animation", "grain", "stillimage", "psnr", "ssim", "touhou");
  private static final List<String> OTHER_TUNES = List.of("fastdecode", "zerolatency");

  /** Each supports everything that the previous ones support. */
  private static final List<String> PROFILES =
      List.of("baseline", "main", "high", "high10", "high422", "high444");

  private X264Rules() {}

  /**
   * Checks the settings, however they were set.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  public static void check(String encoder, VideoOptions options, int pixelFormat) {
    if (!encoder.startsWith("libx264")) {
      return;
    }
    raw(options, "preset")
        .filter(preset -> !preset.matches("[0-9]"))
        .ifPresent(preset -> known("preset", preset, encoder, EncoderRules.of(encoder).presets()));
    raw(options, "tune").ifPresent(tune -> tune(tune, encoder));
    options
        .profile()
        .or(() -> raw(options, "profile"))
        .ifPresent(profile -> profile(profile, encoder, options, pixelFormat));
  }

  private static Optional<String> raw(VideoOptions options, String name) {
    return Optional.ofNullable(options.options().get(name)).map(v -> v.toLowerCase(Locale.ROOT));
  }

  private static void tune(String tune, String encoder) {
    List<String> names =
        Arrays.stream(tune.split("[,./+-]+", -1)).filter(name -> !name.isEmpty()).toList();
    List<String> all = new ArrayList<>(PSY_TUNES);
    all.addAll(OTHER_TUNES);
    names.forEach(name -> known("tune", name, encoder, all));
    if (names.stream().filter(PSY_TUNES::contains).count() > 1) {
      throw new IllegalArgumentException(
          "tune '%s': %s accepts one of %s, optionally combined with %s"
              .formatted(
                  tune, encoder, String.join(", ", PSY_TUNES), String.join(", ", OTHER_TUNES)));
    }
  }

  private static void profile(
      String wanted, String encoder, VideoOptions options, int pixelFormat) {
    String profile = wanted.toLowerCase(Locale.ROOT);
    known("profile", profile, encoder, PROFILES);
    boolean lossless = isLossless(options, pixelFormat);
    int min = lossless ? PROFILES.size() - 1 : minProfile(pixelFormat);
    if (PROFILES.indexOf(profile) < min) {
      throw new IllegalArgumentException(
          "profile '%s' of %s cannot hold %s; these can: %s"
              .formatted(
                  wanted,
                  encoder,
                  lossless ? "lossless video" : PixelFormat.name(pixelFormat),
                  String.join(", ", PROFILES.subList(min, PROFILES.size()))));
    }
  }

  private static int minProfile(int pixelFormat) {
    AVPixFmtDescriptor descriptor = PixelFormat.descriptor(pixelFormat);
    boolean gray = descriptor.nb_components() == 1;
    if (!gray && descriptor.log2_chroma_w() == 0) {
      return PROFILES.indexOf("high444");
    }
    if (!gray && descriptor.log2_chroma_h() == 0) {
      return PROFILES.indexOf("high422");
    }
    if (depth(descriptor) > 8) {
      return PROFILES.indexOf("high10");
    }
    return PROFILES.indexOf(gray ? "high" : "baseline");
  }

  private static int depth(AVPixFmtDescriptor descriptor) {
    return descriptor.comp(0).depth();
  }

  private static boolean isLossless(VideoOptions options, int pixelFormat) {
    if (options.quality().orElse(null) == Quality.LOSSLESS) {
      return true;
    }
    double crf = options.crf().orElseGet(() -> number(raw(options, "crf")));
    boolean eightBit = depth(PixelFormat.descriptor(pixelFormat)) == 8;
    return number(raw(options, "qp")) == 0 || (eightBit && crf >= 0 && crf < 1);
  }

  private static double number(Optional<String> text) {
    try {
      return text.map(Double::parseDouble).orElse(-1.0);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static void known(String what, String name, String encoder, List<String> names) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "unknown %s '%s'%s; %s has: %s"
              .formatted(
                  what, name, Suggestions.hint(name, names), encoder, String.join(", ", names)));
    }
  }
}
