package io.reelmux.reader;

import io.reelmux.FrameRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a {@link Transcoder} refuses before anything is opened. */
final class TranscodeRules {

  private static final String GIF = "gif";
  private static final int GIF_TICKS = 100;

  private TranscodeRules() {}

  /**
   * Refuses frames that would share a time in a GIF, before one is written.
   *
   * @param container the format, or the file
   * @param rate of all frames, which have times of their own
   */
  static void requireTicks(String container, StreamInfo stream, FrameRate rate) {
    String name = container.substring(container.lastIndexOf('.') + 1);
    if (name.equalsIgnoreCase(GIF) && rate.numerator() > (long) GIF_TICKS * rate.denominator()) {
      throw new IllegalArgumentException(
          "stream "
              + stream.index()
              + ": "
              + rate
              + " frames per second: container gif counts 1/"
              + GIF_TICKS
              + " of a second, so that frames would share a time");
    }
  }

  /** The input would be overwritten while it is read. */
  static void requireOther(@Nullable Path input, Path output) throws IOException {
    if (input != null
        && Files.exists(input)
        && Files.exists(output)
        && Files.isSameFile(input, output)) {
      throw new IllegalArgumentException(
          output + " is the input " + input + ": choose another file, and move it afterward");
    }
  }

  /** Packets cannot be changed: a setting would be ignored. */
  static void requireCopyable(String kind, boolean copied, boolean changed) {
    if (copied && changed) {
      throw new IllegalStateException(
          "%s(...) contradicts copy%s: packets are copied as they are; copied(...) changes what is stated of a stream, such as its language"
              .formatted(kind.toLowerCase(Locale.ROOT), kind));
    }
  }
}
