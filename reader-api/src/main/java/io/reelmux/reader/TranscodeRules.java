package io.reelmux.reader;

import io.reelmux.FrameRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link Transcoder} refuses before anything is opened. */
final class TranscodeRules {

  private static final String ODD = "even dimensions";
  private static final String VARIABLE_RATE = "variableFrameRate: ";
  private static final String FIELDS = "fieldOrder ";

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

  /** Adds to what the encoder refuses how a transcoder avoids it, if it does. */
  static IllegalArgumentException withWayOut(
      IllegalArgumentException refusal, List<VideoReader> readers) {
    String message = String.valueOf(refusal.getMessage());
    Optional<String> wayOut = Optional.empty();
    if (message.contains(ODD)) {
      wayOut = readers.stream().filter(TranscodeRules::isOdd).findFirst().map(TranscodeRules::crop);
    } else if (message.contains(VARIABLE_RATE)) {
      wayOut = readers.stream().findFirst().map(TranscodeRules::constantRate);
    } else if (message.contains(FIELDS)) {
      wayOut = Optional.of("filter(\"yadif\")) makes frames of the fields");
    }
    return wayOut
        .map(
            text ->
                new IllegalArgumentException(
                    message + "; of a Transcoder, video(VideoOutput.source()." + text, refusal))
        .orElse(refusal);
  }

  private static boolean isOdd(VideoReader reader) {
    return (reader.width() | reader.height()) % 2 != 0;
  }

  private static String crop(VideoReader reader) {
    int width = reader.width() & ~1;
    int height = reader.height() & ~1;
    return "crop(0, 0, " + width + ", " + height + ")) leaves out the last column or row";
  }

  private static String constantRate(VideoReader reader) {
    FrameRate rate = VideoEncoding.rate(reader.info(), reader.output(), /* index= */ null);
    return "frameRate(FrameRate.of("
        + rate.numerator()
        + ", "
        + rate.denominator()
        + "))) with video(options -> options.variableFrameRate(false)) makes the frame rate constant";
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
