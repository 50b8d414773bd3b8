package io.reelmux.reader;

import io.reelmux.FrameRate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the encoder says, in the words of a transcoder's user: streams by their numbers in the
 * input, and the call that avoids what is refused. The encoder does not know that it transcodes;
 * its refusals are recognized by their text, which the tests of each refusal compare.
 */
final class WayOut {

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

  private WayOut() {}

  /**
   * Adds to what the encoder refuses how a transcoder avoids it, if it does. It takes the place of
   * the refusal: a cause that says the same would only be read twice.
   *
   * @param copied the streams whose packets are copied, in the order added
   */
  static IllegalArgumentException addedTo(
      IllegalArgumentException refusal, List<StreamInfo> copied, List<VideoReader> readers) {
    String message = String.valueOf(refusal.getMessage());
    String text =
        named(message, copied)
            + of(message, copied, readers).map(way -> "; of a Transcoder, " + way).orElse("");
    if (text.equals(message)) {
      return refusal;
    }
    IllegalArgumentException named = new IllegalArgumentException(text, refusal.getCause());
    named.setStackTrace(refusal.getStackTrace());
    return named;
  }

  private static Optional<String> of(
      String message, List<StreamInfo> copied, List<VideoReader> readers) {
    if (message.contains(ODD)) {
      return readers.stream().filter(WayOut::isOdd).findFirst().map(WayOut::crop);
    }
    if (message.contains(VARIABLE_RATE)) {
      return readers.stream().findFirst().map(WayOut::constantRate);
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
}
