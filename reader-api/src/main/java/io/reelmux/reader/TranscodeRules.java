package io.reelmux.reader;

import io.reelmux.FrameRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a {@link Transcoder} refuses before anything is opened. */
final class TranscodeRules {

  private static final String ODD = "even dimensions";
  private static final String VARIABLE_RATE = "variableFrameRate: ";
  private static final String FIELDS = "fieldOrder ";

  /** How the encoder says that packets do not fit, where a stream of their kind would. */
  private static final String ENCODE = "packets are copied as they are: encode the stream";

  private static final Pattern NO_VIDEO =
      Pattern.compile("cannot hold video|it is audio-only|supports (.*, and )?no video");

  private static final Pattern NO_AUDIO =
      Pattern.compile("cannot hold audio|supports (.*, and )?no audio");

  /** How the encoder names a stream of packets. */
  private static final Pattern PACKETS = Pattern.compile("\\bpackets (\\d{1,5})\\b");

  /** How the encoder says that frames are too near each other. */
  private static final Pattern SHARED_TIME =
      Pattern.compile("share a time.* counts 1/(\\d{1,9}) of|counts 1/(\\d{1,9}) of.*share a time");

  private static final Pattern HIGHEST_RATE =
      Pattern.compile("supports at most (\\d{1,9}) frames a second");

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

  /**
   * Adds to what the encoder refuses how a transcoder avoids it, if it does. It takes the place of
   * the refusal: a cause that says the same would only be read twice.
   *
   * @param copied the streams whose packets are copied, in the order added
   */
  static IllegalArgumentException withWayOut(
      IllegalArgumentException refusal, List<StreamInfo> copied, List<VideoReader> readers) {
    String message = String.valueOf(refusal.getMessage());
    String text =
        named(message, copied)
            + wayOut(message, copied, readers).map(way -> "; of a Transcoder, " + way).orElse("");
    if (text.equals(message)) {
      return refusal;
    }
    IllegalArgumentException named = new IllegalArgumentException(text, refusal.getCause());
    named.setStackTrace(refusal.getStackTrace());
    return named;
  }

  private static Optional<String> wayOut(
      String message, List<StreamInfo> copied, List<VideoReader> readers) {
    if (message.contains(ODD)) {
      return readers.stream().filter(TranscodeRules::isOdd).findFirst().map(TranscodeRules::crop);
    }
    if (message.contains(VARIABLE_RATE)) {
      return readers.stream().findFirst().map(TranscodeRules::constantRate);
    }
    if (message.contains(FIELDS)) {
      return Optional.of(
          "video(VideoOutput.source().filter(\"yadif\")) makes frames of the fields");
    }
    if (NO_VIDEO.matcher(message).find()) {
      return Optional.of("streams(stream -> stream instanceof AudioInfo) leaves video out");
    }
    if (NO_AUDIO.matcher(message).find()) {
      return Optional.of("streams(stream -> stream instanceof VideoInfo) leaves audio out");
    }
    Optional<FrameRate> lower = lowerRate(message);
    if (lower.isPresent() && !readers.isEmpty()) {
      return lower.map(
          rate ->
              "video(VideoOutput.source().frameRate(FrameRate.of("
                  + rate.numerator()
                  + "))) leaves frames out");
    }
    return message.contains(ENCODE) ? encode(message, copied) : Optional.empty();
  }

  /** A rate at which players show every frame, each for two ticks at least. */
  private static Optional<FrameRate> lowerRate(String message) {
    Matcher highest = HIGHEST_RATE.matcher(message);
    if (highest.find()) {
      return Optional.of(FrameRate.of(Integer.parseInt(highest.group(1))));
    }
    Matcher shared = SHARED_TIME.matcher(message);
    if (!shared.find()) {
      return Optional.empty();
    }
    String ticks = shared.group(1) == null ? shared.group(2) : shared.group(1);
    return Optional.of(
        FrameRate.of(Math.min(FrameRate.MAX, Math.max(1, Integer.parseInt(ticks) / 2))));
  }

  /** Names the calls that copy the streams of a refusal. */
  private static Optional<String> encode(String message, List<StreamInfo> copied) {
    Set<String> calls = new LinkedHashSet<>();
    for (int i = 0; i < copied.size(); i++) {
      if (message.contains("packets " + i + " ")) {
        calls.add(copied.get(i) instanceof VideoInfo ? "copyVideo()" : "copyAudio()");
      }
    }
    return calls.isEmpty()
        ? Optional.empty()
        : Optional.of("leave out " + String.join(" and ", calls) + ", and it is encoded");
  }

  /**
   * Names streams of packets as the user of a transcoder knows them.
   *
   * @param text of the encoder
   * @param copied the streams whose packets are copied, in the order added
   */
  static String named(String text, List<StreamInfo> copied) {
    return PACKETS
        .matcher(text)
        .replaceAll(
            found -> {
              int number = Integer.parseInt(found.group(1));
              return number < copied.size()
                  ? "stream " + copied.get(number).index()
                  : found.group();
            });
  }

  private static boolean isOdd(VideoReader reader) {
    return (reader.width() | reader.height()) % 2 != 0;
  }

  private static String crop(VideoReader reader) {
    int width = reader.width() & ~1;
    int height = reader.height() & ~1;
    return "video(VideoOutput.source().crop(0, 0, "
        + width
        + ", "
        + height
        + ")) leaves out the last column or row";
  }

  private static String constantRate(VideoReader reader) {
    FrameRate rate = VideoEncoding.rate(reader.info(), reader.output(), /* index= */ null);
    return "video(VideoOutput.source().frameRate(FrameRate.of("
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
