package io.reelmux.ffmpeg.internal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The profiles of all known video encoders. */
final class EncoderProfiles {

  private static final int FAMILIES = 17;

  /** Those that have been asked for. */
  private static final Map<String, EncoderProfile> KNOWN = new ConcurrentHashMap<>();

  private EncoderProfiles() {}

  /** The profiles of one family. */
  private static List<EncoderProfile> family(int number) {
    return switch (number) {
      case 0 -> X264.profiles();
      case 1 -> X265.profiles();
      case 2 -> OpenH264.profiles();
      case 3 -> SvtAv1.profiles();
      case 4 -> Vpx.profiles();
      case 5 -> Aom.profiles();
      case 6 -> Nvenc.profiles();
      case 7 -> Lossless.profiles();
      case 8 -> Mpeg.profiles();
      case 9 -> ProRes.profiles();
      case 10 -> FrameQuality.profiles();
      case 11 -> WebP.profiles();
      case 12 -> CineForm.profiles();
      case 13 -> ConstantRate.profiles();
      case 14 -> Vc2.profiles();
      case 15 -> Vbn.profiles();
      case 16 -> XFace.profiles();
      default -> throw new IllegalArgumentException("no family " + number);
    };
  }

  /** All of them. */
  static List<EncoderProfile> all() {
    List<EncoderProfile> all = new ArrayList<>();
    for (int number = 0; number < FAMILIES; number++) {
      all.addAll(family(number));
    }
    return all;
  }

  /** Well-known encoders that can encode losslessly, for messages. */
  static List<String> lossless() {
    List<String> names = new ArrayList<>(List.of(X264.NAME, X265.NAME, Vpx.VP9, Aom.NAME));
    names.addAll(Lossless.WELL_KNOWN);
    return names;
  }

  /** Well-known encoders of interlaced frames, for messages. */
  static List<String> interlaced() {
    return all().stream()
        .filter(profile -> profile.interlacedFlags() != 0)
        .map(EncoderProfile::encoder)
        .sorted()
        .toList();
  }

  /** The encoders whose alpha players or editing programs are known to show. */
  static List<String> showingAlpha() {
    return all().stream()
        .filter(EncoderProfile::showsAlpha)
        .map(EncoderProfile::encoder)
        .sorted()
        .toList();
  }

  /** The profile of an encoder; a permissive one if it is not known. */
  static EncoderProfile of(String encoder) {
    EncoderProfile known = KNOWN.get(encoder);
    return known == null ? find(encoder) : known;
  }

  /** Asks one family after another, so that no class is loaded for those behind it. */
  private static EncoderProfile find(String encoder) {
    for (int number = 0; number < FAMILIES; number++) {
      for (EncoderProfile profile : family(number)) {
        if (profile.encoder().equals(encoder)) {
          KNOWN.put(encoder, profile);
          return profile;
        }
      }
    }
    return Lossless.ofUnknown(encoder);
  }
}
