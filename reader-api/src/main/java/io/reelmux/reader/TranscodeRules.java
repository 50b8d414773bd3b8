package io.reelmux.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a {@link Transcoder} refuses before anything is opened. */
final class TranscodeRules {

  private TranscodeRules() {}

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
