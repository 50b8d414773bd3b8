package io.reelmux.ffmpeg.internal.codec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The profiles of all known video encoders. */
final class EncoderProfiles {

  /** Well-known encoders that can encode losslessly, for messages. */
  static final List<String> LOSSLESS =
      Stream.concat(
              Stream.of(X264.NAME, X265.NAME, Vpx.VP9, Aom.NAME), Lossless.WELL_KNOWN.stream())
          .toList();

  private static final Map<String, EncoderProfile> BY_NAME =
      Stream.of(
              X264.profiles(),
              X265.profiles(),
              OpenH264.profiles(),
              SvtAv1.profiles(),
              Vpx.profiles(),
              Aom.profiles(),
              Mpeg.profiles(),
              FrameQuality.profiles(),
              WebP.profiles(),
              CineForm.profiles(),
              ProRes.profiles(),
              ConstantRate.profiles(),
              Lossless.profiles(),
              Vc2.profiles(),
              Nvenc.profiles(),
              Vbn.profiles(),
              XFace.profiles())
          .flatMap(List::stream)
          .collect(Collectors.toMap(EncoderProfile::encoder, Function.identity()));

  private EncoderProfiles() {}

  /** All of them. */
  static Collection<EncoderProfile> all() {
    return BY_NAME.values();
  }

  /** Well-known encoders of interlaced frames, for messages. */
  static List<String> interlaced() {
    return BY_NAME.values().stream()
        .filter(profile -> profile.interlacedFlags() != 0)
        .map(EncoderProfile::encoder)
        .sorted()
        .toList();
  }

  /** The encoders whose alpha players or editing programs are known to show. */
  static List<String> showingAlpha() {
    return BY_NAME.values().stream()
        .filter(EncoderProfile::showsAlpha)
        .map(EncoderProfile::encoder)
        .sorted()
        .toList();
  }

  /** The profile of an encoder; a permissive one if it is not known. */
  static EncoderProfile of(String encoder) {
    EncoderProfile known = BY_NAME.get(encoder);
    return known == null ? Lossless.ofUnknown(encoder) : known;
  }
}
