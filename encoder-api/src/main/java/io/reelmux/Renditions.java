package io.reelmux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes streams of renditions. */
final class Renditions {

  /** What peers that align key frames use if no distance is set. */
  private static final Duration DEFAULT_GRID = Duration.ofSeconds(2);

  private Renditions() {}

  /** The options of the source, whose key frames are on a grid. */
  static VideoOptions withGrid(VideoOptions source) {
    Objects.requireNonNull(source, "source");
    if (source.keyFramesEvery().isPresent()) {
      return source;
    }
    if (source.gop().isPresent() || source.keyInterval().isPresent()) {
      throw new IllegalArgumentException(
          "renditions have their key frames at the same times: set keyFramesEvery instead of gop"
              + " or keyInterval");
    }
    return source.toBuilder().keyFramesEvery(DEFAULT_GRID).build();
  }

  /**
   * The streams of renditions.
   *
   * @param first number of the first one among the video streams of the encoder
   */
  static List<RenditionStream> of(VideoOptions source, List<Rendition> renditions, int first) {
    if (renditions.isEmpty()) {
      throw new IllegalArgumentException("no renditions: name at least one");
    }
    Set<String> names = new HashSet<>();
    List<RenditionStream> streams = new ArrayList<>();
    for (Rendition rendition : renditions) {
      if (!names.add(rendition.name())) {
        throw new IllegalArgumentException("two renditions are named '" + rendition.name() + "'");
      }
      int number = first + streams.size();
      streams.add(new RenditionStream(number, rendition.name(), rendition.options(source)));
    }
    return streams;
  }
}
