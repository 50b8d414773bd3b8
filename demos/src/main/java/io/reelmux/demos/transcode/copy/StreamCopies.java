package io.reelmux.demos.transcode.copy;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Copies streams in parallel. */
final class StreamCopies {

  private StreamCopies() {}

  /**
   * Copies all frames. The stream that is furthest behind comes next, so that packets of the others
   * do not pile up in memory.
   *
   * @param progress stepped once per frame
   */
  static void run(List<StreamCopy> streams, ProgressLine progress) throws IOException {
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
