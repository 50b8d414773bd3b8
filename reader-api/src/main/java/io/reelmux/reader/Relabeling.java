package io.reelmux.reader;

import io.reelmux.ColorSpec;
import io.reelmux.VideoOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
   * Returns a note on what is tagged as something else; empty if nothing is, or if filters of the
   * program may convert it. What the file does not state is not noted.
   *
   * @param reader returns the frames
   * @param options of their encoder
   */
  static Optional<String> note(VideoReader reader, VideoOptions options) {
    if (reader.output().filter().isPresent() || options.filter().isPresent()) {
      return Optional.empty();
    }
    List<Part> kept = stated(reader, options).stream().filter(Part::differs).toList();
    return kept.isEmpty() ? Optional.empty() : Optional.of(sentence(reader.info().index(), kept));
  }

  private static List<Part> stated(VideoReader reader, VideoOptions options) {
    ColorSpec is = VideoEncoding.color(reader.info(), reader.output());
    ColorSpec tagged = options.color().orElse(ColorSpec.BT709_LIMITED);
    Part transfer = new Part("transfer", is.transfer(), tagged.transfer());
    if (reader.info().colorGuessed()) {
      // nobody guesses HDR
      return HDR.contains(is.transfer()) ? List.of(transfer) : List.of();
    }
    List<Part> parts = new ArrayList<>();
    if (reader.layout().isYuv()) {
      parts.add(new Part("matrix", is.matrix(), tagged.matrix()));
      parts.add(new Part("range", is.range(), tagged.range()));
    }
    parts.add(new Part("primaries", is.primaries(), tagged.primaries()));
    parts.add(transfer);
    return parts;
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
