package io.reelmux.ffmpeg.internal.mux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The streams that an output contains, in the order of the encoder.
 *
 * @param numbers their numbers in the encoder
 * @param selected the streams
 */
record StreamSelection(List<Integer> numbers, List<MuxStream> selected) {

  /**
   * Selects streams.
   *
   * @param all all streams of the encoder
   * @param numbers those to select; empty for all
   */
  static StreamSelection of(List<MuxStream> all, Optional<List<Integer>> numbers) {
    List<Integer> own = new ArrayList<>();
    List<MuxStream> selected = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (numbers.isEmpty() || numbers.get().contains(i)) {
        own.add(i);
        selected.add(all.get(i));
      }
    }
    return new StreamSelection(own, selected);
  }

  /** Returns the number of a stream in the output, or -1 if it does not contain it. */
  int indexOf(int number) {
    return numbers.indexOf(number);
  }

  /** Returns what belongs to the selected streams. */
  <T> List<T> select(List<T> all) {
    return numbers.stream().map(all::get).toList();
  }
}
