package io.reelmux;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which version of an HLS playlist a request asks for, by its delivery directives (RFC 8216, second
 * edition, 6.2.5).
 *
 * @param number {@code _HLS_msn}: number of the segment that the playlist has to name
 * @param part {@code _HLS_part}: number of the part of this segment that it has to name
 */
record LiveDirectives(OptionalLong number, OptionalInt part) {
  private static final String NUMBER = "_HLS_msn";
  private static final String PART = "_HLS_part";

  /** How far ahead of the segment that is not complete a player may ask. */
  private static final int MAX_AHEAD = 2;

  /** Digits alone: no sign, and few enough for a long, and for an int. */
  private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

  private static final Pattern FEW_DIGITS = Pattern.compile("\\d{1,9}");

  /**
   * Reads the query of a request.
   *
   * @throws IllegalArgumentException if HLS forbids it; the message says why
   */
  static LiveDirectives of(@Nullable String query) {
    Optional<String> number = value(query, NUMBER);
    Optional<String> part = value(query, PART);
    if (!matches(number, DIGITS) || !matches(part, FEW_DIGITS)) {
      throw new IllegalArgumentException(
          "_HLS_msn and _HLS_part must be numbers in decimal digits");
    }
    if (number.isEmpty() && part.isPresent()) {
      throw new IllegalArgumentException("_HLS_part requires _HLS_msn");
    }
    return new LiveDirectives(
        number.map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty()),
        part.map(text -> OptionalInt.of(Integer.parseInt(text))).orElse(OptionalInt.empty()));
  }

  private static boolean matches(Optional<String> value, Pattern pattern) {
    return value.isEmpty() || pattern.matcher(value.get()).matches();
  }

  private static Optional<String> value(@Nullable String query, String name) {
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        if (pair.equals(name) || pair.startsWith(name + "=")) {
          return Optional.of(pair.substring(Math.min(pair.length(), name.length() + 1)));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether this version of a playlist will do: it names the segment and part, or is the last one.
   *
   * @param segmentHasPart whether the segment, which is complete, has such a part
   */
  boolean isMetBy(SegmentInfo playlist, BooleanSupplier segmentHasPart) {
    if (number.isEmpty()
        || playlist.kind() != SegmentKind.MEDIA_PLAYLIST
        || playlist.announced().isEmpty()) {
      return true;
    }
    long wanted = number.getAsLong();
    if (part.isEmpty() || playlist.number() > wanted + 1) {
      return playlist.number() > wanted;
    }
    if (playlist.number() == wanted) {
      return playlist.part() > part.getAsInt();
    }
    // a part that the segment does not have stands for the first one of the next segment
    return playlist.number() > wanted && (playlist.part() > 0 || segmentHasPart.getAsBoolean());
  }

  /** Whether no playlist that comes soon will do, which is an error. */
  boolean isTooFarAhead(SegmentInfo playlist) {
    return number.isPresent() && number.getAsLong() > playlist.number() + MAX_AHEAD;
  }
}
