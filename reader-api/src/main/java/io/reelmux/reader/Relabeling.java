package io.reelmux.reader;

import io.reelmux.ColorSpec;
import io.reelmux.VideoOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of frames that have one color space and are encoded as another: an encoder converts
 * R'G'B' to the matrix and range that it is told, and everything else is a tag.
 */
final class Relabeling {

  /** Players show all of them alike. */
  private static final Set<ColorSpec.Transfer> SDR =
      EnumSet.of(
          ColorSpec.Transfer.BT709,
          ColorSpec.Transfer.BT601,
          ColorSpec.Transfer.BT2020,
          ColorSpec.Transfer.SRGB);

  private static final Set<ColorSpec.Transfer> HDR =
      EnumSet.of(ColorSpec.Transfer.PQ, ColorSpec.Transfer.HLG);

  /** One of the four parts of a color space, as it is and as it is tagged. */
  private record Part(String name, Enum<?> from, Enum<?> to) {
    boolean differs() {
      return from != to && !(SDR.contains(from) && SDR.contains(to));
    }
  }

  private Relabeling() {}

  /**
   * Returns a note on what is tagged as something else; empty if nothing is, if the file does not
   * say what its colors are (HDR always does), or if filters of the program may convert them.
   *
   * @param reader returns the frames
   * @param options of their encoder
   */
  static Optional<String> note(VideoReader reader, VideoOptions options) {
    ColorSpec is = VideoEncoding.color(reader.info(), reader.output());
    boolean filtered = reader.output().filter().isPresent() || options.filter().isPresent();
    boolean unknown = reader.info().colorGuessed() && !HDR.contains(is.transfer());
    if (unknown || filtered) {
      return Optional.empty();
    }
    ColorSpec tagged = options.color().orElse(ColorSpec.BT709_LIMITED);
    List<Part> kept = parts(is, tagged, reader.layout().isYuv()).filter(Part::differs).toList();
    return kept.isEmpty() ? Optional.empty() : Optional.of(sentence(reader.info().index(), kept));
  }

  private static Stream<Part> parts(ColorSpec is, ColorSpec tagged, boolean yuv) {
    List<Part> parts = new ArrayList<>();
    if (yuv) {
      parts.add(new Part("matrix", is.matrix(), tagged.matrix()));
      parts.add(new Part("range", is.range(), tagged.range()));
    }
    parts.add(new Part("primaries", is.primaries(), tagged.primaries()));
    parts.add(new Part("transfer", is.transfer(), tagged.transfer()));
    return parts.stream();
  }

  private static String sentence(int stream, List<Part> kept) {
    String tags =
        kept.stream()
            .map(part -> "%s %s is tagged %s".formatted(part.name(), part.from(), part.to()))
            .collect(Collectors.joining(", "));
    return "stream "
        + stream
        + ": "
        + tags
        + ": color(...) does not convert them; leave it out, or convert by"
        + " video(VideoOutput.source().toSdr(ToneMap.HABLE)) (HDR),"
        + " video(VideoOutput.of(PixelLayout.RGB24)) (matrix and range) or the filter scale";
  }
}
