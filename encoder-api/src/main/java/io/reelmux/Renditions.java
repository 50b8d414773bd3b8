package io.reelmux;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes streams of renditions. */
final class Renditions {

  private Renditions() {}

  /**
   * Checks that the key frames of a source can be on a grid: its own, or the one that {@link
   * KeyGrid} chooses.
   *
   * @throws IllegalArgumentException if a setting places them otherwise
   */
  static void requireGrid(VideoOptions source) {
    Objects.requireNonNull(source, "source");
    if (source.gop().isPresent() || source.keyInterval().isPresent()) {
      throw new IllegalArgumentException(
          "renditions have their key frames at the same times: set keyFramesEvery instead of gop"
              + " or keyInterval");
    }
    if (source.openGop()) {
      throw new IllegalArgumentException(
          "renditions have closed GOPs, so that players can switch between them: do not set"
              + " openGop");
    }
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
