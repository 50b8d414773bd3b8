package io.reelmux.ffmpeg.internal.codec;

import io.reelmux.VideoOptions;
import io.reelmux.ffmpeg.internal.av.PixelFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the presets, tunes and profiles that x264 refuses: it parses them before it has a log,
 * and prints errors to the standard error stream.
 */
final class X264Names {
  private static final List<String> PSY_TUNES =
      List.of("film", "animation", "grain", "stillimage", "psnr", "ssim", "touhou");
  private static final List<String> OTHER_TUNES = List.of("fastdecode", X264.ZERO_LATENCY);

  /** Each supports everything that the previous ones support. */
  private static final List<String> PROFILES =
      List.of("baseline", "main", "high", "high10", "high422", "high444");

  private final X264 x264;

  X264Names(X264 x264) {
    this.x264 = x264;
  }

  /**
   * Checks the names among the settings and the raw options.
   *
   * @throws IllegalArgumentException with the names that there are
   */
  void check(VideoOptions options, int pixelFormat) {
    String preset = raw(options, "preset");
    if (preset != null && !preset.matches("[0-9]")) {
      requireKnown("preset", preset, X264.PRESETS);
    }
    String tune = raw(options, "tune");
    if (tune != null) {
      checkTune(tune);
    }
    String profile =
        options.profile().isPresent() ? options.profile().get() : raw(options, "profile");
    if (profile != null) {
      checkProfile(profile, options, pixelFormat);
    }
  }

  /** Returns a raw option in lower case; null if it is not set. */
  static @Nullable String raw(VideoOptions options, String name) {
    String value = options.options().get(name);
    return value == null ? null : value.toLowerCase(Locale.ROOT);
  }

  private void checkTune(String tune) {
    List<String> names =
        Arrays.stream(tune.split("[,./+-]+", -1)).filter(name -> !name.isEmpty()).toList();
    List<String> all = new ArrayList<>(PSY_TUNES);
    all.addAll(OTHER_TUNES);
    names.forEach(name -> requireKnown("tune", name, all));
    if (names.stream().filter(PSY_TUNES::contains).count() > 1) {
      throw new IllegalArgumentException(
          "tune '%s': %s accepts one of %s, optionally combined with %s"
              .formatted(
                  tune,
                  x264.encoder(),
                  String.join(", ", PSY_TUNES),
                  String.join(", ", OTHER_TUNES)));
    }
  }

  private void checkProfile(String wanted, VideoOptions options, int pixelFormat) {
    String profile = wanted.toLowerCase(Locale.ROOT);
    requireKnown("profile", profile, PROFILES);
    boolean lossless = isLosslessWith(options, pixelFormat);
    int min = lossless ? PROFILES.size() - 1 : minProfile(pixelFormat);
    if (PROFILES.indexOf(profile) < min) {
      throw new IllegalArgumentException(
          "profile '%s' of %s cannot hold %s; these can: %s"
              .formatted(
                  wanted,
                  x264.encoder(),
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
    if (descriptor.comp(0).depth() > 8) {
      return PROFILES.indexOf("high10");
    }
    return PROFILES.indexOf(gray ? "high" : "baseline");
  }

  private static boolean isLosslessWith(VideoOptions options, int pixelFormat) {
    if (EncoderProfile.isLossless(options)) {
      return true;
    }
    double crf =
        options.crf().isPresent() ? options.crf().getAsDouble() : rawNumber(options, "crf");
    boolean eightBit = PixelFormat.descriptor(pixelFormat).comp(0).depth() == 8;
    return rawNumber(options, "qp") == 0 || (eightBit && crf >= 0 && crf < 1);
  }

  private static double rawNumber(VideoOptions options, String name) {
    String value = raw(options, name);
    return value == null ? -1 : EncoderProfile.number(value);
  }

  private void requireKnown(String what, String name, List<String> names) {
    if (!names.contains(name)) {
      throw x264.unknown(what, name, names);
    }
  }
}
