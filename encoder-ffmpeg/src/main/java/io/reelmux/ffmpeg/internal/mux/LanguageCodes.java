package io.reelmux.ffmpeg.internal.mux;

import java.util.List;
import java.util.stream.Stream;

/** Languages that ISO 639-2 gives two codes, a terminologic and a bibliographic one. */
final class LanguageCodes {
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("bod", "tib"),
          List.of("ces", "cze"),
          List.of("cym", "wel"),
          List.of("deu", "ger"),
          List.of("ell", "gre"),
          List.of("eus", "baq"),
          List.of("fas", "per"),
          List.of("fra", "fre"),
          List.of("hye", "arm"),
          List.of("isl", "ice"),
          List.of("kat", "geo"),
          List.of("mkd", "mac"),
          List.of("mri", "mao"),
          List.of("msa", "may"),
          List.of("mya", "bur"),
          List.of("nld", "dut"),
          List.of("ron", "rum"),
          List.of("slk", "slo"),
          List.of("sqi", "alb"),
          List.of("zho", "chi"));

  private LanguageCodes() {}

  /** Returns a code, then the other one of the same language. */
  static Stream<String> alike(String code) {
    return Stream.concat(
        Stream.of(code),
        PAIRS.stream()
            .filter(pair -> pair.contains(code))
            .map(pair -> pair.get(pair.get(0).equals(code) ? 1 : 0)));
  }
}
