package io.reelmux.ffmpeg.internal.av;

import java.util.regex.Pattern;

/**
 * Removes addresses from lines of the log: they say nothing to a reader, and differ each time, so
 * that neither two messages nor two notes would be equal.
 */
final class WithoutAddresses {

  /** In front of a line, which object says it; Windows prints no 0x. */
  private static final Pattern SPEAKER = Pattern.compile("\\[([^\\]@]*) @ (?:0x)?[0-9a-fA-F]+\\]");

  /** libopenh264 prints this, once without a value. */
  private static final Pattern THIS = Pattern.compile("this = 0x[0-9a-fx]+, ?");

  private WithoutAddresses() {}

  /** {@code "[webm @ 0x7f12ab] Only VP8"} becomes {@code "[webm] Only VP8"}. */
  static String of(String line) {
    return THIS.matcher(SPEAKER.matcher(line).replaceAll("[$1]")).replaceAll("");
  }
}
