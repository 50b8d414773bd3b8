package io.reelmux.examples;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import me.tongfei.progressbar.ProgressBar;

/** Copies streams side by side. */
final class StreamCopies {

  private StreamCopies() {}

  /**
   * Copies all frames. Whichever stream is behind comes next, so that none waits for another in
   * memory.
   *
   * @param progress stepped once a frame
   */
  static void run(List<StreamCopy> streams, ProgressBar progress) throws IOException {
    PriorityQueue<StreamCopy> copies =
        new PriorityQueue<>(Comparator.comparingDouble(StreamCopy::seconds));
    copies.addAll(streams);
    while (!copies.isEmpty()) {
      StreamCopy copy = copies.remove();
      if (copy.copyFrame()) {
        copies.add(copy);
      }
      progress.step();
    }
  }
}
