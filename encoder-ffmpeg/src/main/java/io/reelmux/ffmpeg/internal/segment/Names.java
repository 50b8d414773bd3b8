package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.SegmentKind;
import io.reelmux.SegmentNames;
import io.reelmux.SegmentOptions;
import io.reelmux.SegmentStore;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of the objects of a presentation, checked when it is opened. */
final class Names {

  /** A number that no other part of a name contains by chance. */
  private static final long SAMPLE = 987_654_321;

  private static final int MAX_DIGITS = 9;

  private final SegmentNames names;
  private final String extension;
  private final String initExtension;

  Names(SegmentOptions options) {
    this.names = options.names();
    this.extension = options.format().extension();
    this.initExtension = options.format().container();
  }

  /**
   * Checks the names of all tracks.
   *
   * @throws IllegalArgumentException if a name is not safe, or two objects have the same
   */
  static Names checked(SegmentOptions options, List<String> tracks) {
    Names names = new Names(options);
    Set<String> seen = new HashSet<>();
    names.check(seen, names.main());
    names.check(seen, names.manifest());
    for (String track : tracks) {
      names.check(seen, names.init(track));
      names.check(seen, names.playlist(track));
      names.check(seen, names.segment(track, 0));
      names.check(seen, names.segment(track, 1));
      names.check(seen, names.part(track, 0, 0));
      names.check(seen, names.part(track, 0, 1));
      names.check(seen, names.part(track, 1, 0));
      if (options.dash()) {
        names.template(track);
      }
    }
    return names;
  }

  private void check(Set<String> seen, String name) {
    SegmentStore.checkName(name);
    if (!seen.add(name)) {
      throw new IllegalArgumentException(
          "SegmentNames gives two objects the name '"
              + name
              + "': kind, stream, number and part"
              + " must all be part of names");
    }
  }

  private String name(SegmentKind kind, String track, long number, int part, String extension) {
    @Nullable String name = names.name(kind, track, number, part, extension);
    if (name == null) {
      throw new IllegalArgumentException(
          "SegmentNames returns null for %s of stream '%s', number %d, part %d: give each object a name"
              .formatted(kind, track, number, part));
    }
    return name;
  }

  String init(String track) {
    return name(SegmentKind.INIT, track, 0, 0, initExtension);
  }

  String segment(String track, long number) {
    return name(SegmentKind.SEGMENT, track, number, 0, extension);
  }

  String part(String track, long number, int part) {
    return name(SegmentKind.PART, track, number, part, extension);
  }

  String playlist(String track) {
    return name(SegmentKind.MEDIA_PLAYLIST, track, 0, 0, "m3u8");
  }

  String main() {
    return name(SegmentKind.MAIN_PLAYLIST, "", 0, 0, "m3u8");
  }

  String manifest() {
    return name(SegmentKind.MANIFEST, "", 0, 0, "mpd");
  }

  /**
   * Returns the pattern of a track's segment names that DASH uses.
   *
   * @throws IllegalArgumentException if they do not contain the number as digits
   */
  String template(String track) {
    String sample = segment(track, SAMPLE);
    String digits = Long.toString(SAMPLE);
    int at = sample.indexOf(digits);
    if (at >= 0 && !sample.contains("$")) {
      String before = sample.substring(0, at);
      String after = sample.substring(at + digits.length());
      for (int width = 1; width <= MAX_DIGITS; width++) {
        if (fits(track, before, after, width)) {
          String format = width == 1 ? "$Number$" : "$Number%0" + width + "d$";
          return before + format + after;
        }
      }
    }
    throw new IllegalArgumentException(
        "DASH requires names of segments that contain the number once, in decimal digits, and no"
            + " '$'; SegmentNames gives '%s' for number %s".formatted(sample, digits));
  }

  private boolean fits(String track, String before, String after, int width) {
    for (long number : new long[] {0, 1, 10, 4321, SAMPLE}) {
      String digits = String.format(Locale.ROOT, "%0" + width + "d", number);
      if (!segment(track, number).equals(before + digits + after)) {
        return false;
      }
    }
    return true;
  }
}
