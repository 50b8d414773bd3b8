package io.reelmux.demos.transcode;

import io.reelmux.EncodingResult;
import io.reelmux.StreamKind;
import io.reelmux.StreamResult;
import java.time.Duration;
import java.util.Locale;

/** An {@link EncodingResult} as a table. */
final class Report {
  private static final String ROW = "%2s  %-5s  %-11s  %-12s  %7s  %9s  %7s  %10s  %8s%n";

  private Report() {}

  /**
   * The table.
   *
   * @param target name of the destination
   * @param result what was written to it
   * @param wall how long that took
   * @return lines of text
   */
  static String of(String target, EncodingResult result, Duration wall) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%s: %s, %d streams, %.3f s, %d bytes, in %.2f s%n%n",
            target,
            result.container(),
            result.streams().size(),
            seconds(result.duration()),
            result.bytes(),
            seconds(wall)));
    text.append(
        format(
            ROW, "#", "kind", "codec", "format", "frames", "samples", "packets", "bytes",
            "seconds"));
    result.streams().forEach(stream -> text.append(row(stream)));
    text.append(format("%nencoded by %s%n", result.backend()));
    result.notes().forEach(note -> text.append(format("note: %s%n", note)));
    return text.toString();
  }

  private static String row(StreamResult stream) {
    boolean video = stream.kind() == StreamKind.VIDEO;
    return format(
        ROW,
        stream.index(),
        video ? "video" : "audio",
        stream.codec(),
        stream.format(),
        video ? stream.framesIn() : "-",
        video ? "-" : stream.samplesIn(),
        stream.packets(),
        stream.bytes(),
        format("%.3f", seconds(stream.duration())));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
