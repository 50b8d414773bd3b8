package io.reelmux.cut;

import io.reelmux.EncodingResult;
import io.reelmux.OutputResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Notes of results, from the chunks and the audio to the joined video. */
final class ResultNotes {
  private ResultNotes() {}

  /**
   * Returns what is to be known of the encoded streams, without what concerns the files that they
   * are in until they are joined.
   */
  static List<String> ofStreams(EncodingResult result) {
    List<String> notes = new ArrayList<>(result.notes());
    result.outputs().stream().map(OutputResult::notes).forEach(notes::removeAll);
    return notes;
  }

  /** Returns a result with other notes, each of them once. */
  static EncodingResult with(EncodingResult result, List<String> notes) {
    Set<String> distinct = new LinkedHashSet<>(notes);
    return new EncodingResult(
        result.container(),
        result.streams(),
        result.bytes(),
        result.backend(),
        List.copyOf(distinct),
        result.outputs());
  }
}
