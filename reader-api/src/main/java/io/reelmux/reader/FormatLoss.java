package io.reelmux.reader;

import io.reelmux.AlphaMode;
import io.reelmux.PixelLayout;
import io.reelmux.StreamResult;
import io.reelmux.VideoOptions;
import java.util.List;
import java.util.Optional;

/** What of the frames of a stream its encoder's pixel format does not hold. */
final class FormatLoss {
  private static final String PALETTE = "pal8";
  private static final List<String> WITH_ALPHA =
      List.of("yuva", "gbrap", "rgba", "bgra", "argb", "abgr", "ya");
  private static final List<String> FULL_CHROMA =
      List.of("444", "rgb", "bgr", "gbr", "argb", PALETTE);

  private FormatLoss() {}

  /**
   * Returns a note; empty if nothing is lost, or the program has chosen the format.
   *
   * @param input the stream
   * @param decoded the layout of the frames that were encoded
   * @param encoded how they were encoded
   */
  static Optional<String> note(
      VideoInfo input, PixelLayout decoded, VideoOptions options, StreamResult encoded) {
    if (options.pixelFormat().isPresent()) {
      return Optional.empty();
    }
    String format = encoded.format();
    boolean hasAlpha =
        format.equals(PALETTE)
            ? options.alpha().equals(Optional.of(AlphaMode.KEEP))
            : WITH_ALPHA.stream().anyMatch(format::contains);
    boolean kept = decoded.hasAlpha() && hasAlpha;
    String lost = input.alpha() && !kept ? "alpha" : "";
    if (!input.pixelFormat().contains("420") && losesChroma(decoded, format)) {
      lost += (lost.isEmpty() ? "" : " and ") + "color resolution";
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "stream "
                + encoded.index()
                + ": "
                + format
                + " has lost "
                + lost
                + " of the input; video(options -> options.pixelFormat(...)) chooses another"
                + " format, if the codec has one");
  }

  private static boolean losesChroma(PixelLayout decoded, String format) {
    if (decoded.isGray() || FULL_CHROMA.stream().anyMatch(format::contains)) {
      return false;
    }
    boolean full = !decoded.isYuv() || decoded.chromaColumns() == 1;
    boolean half = decoded.isYuv() && decoded.chromaColumns() == 2 && decoded.chromaRows() == 1;
    return full || (half && !format.contains("422"));
  }
}
