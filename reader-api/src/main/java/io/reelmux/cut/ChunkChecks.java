package io.reelmux.cut;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All chunks of a plan, which fit each other.
 *
 * @param files in the order of the video
 * @param delay the number of frames by which decoding is ahead
 */
record ChunkChecks(List<ChunkFile> files, long delay) {

  /**
   * Reads and compares all chunks.
   *
   * @param results of all chunks, by their index
   * @param requireRunning throws if this has been canceled
   * @throws CutException if a chunk is not what its result says, or does not fit the first one
   * @throws IOException if a chunk cannot be read
   */
  static ChunkChecks of(
      CutPlan plan,
      Map<Integer, ChunkResult> results,
      Map<Integer, SourceOpener> sources,
      Runnable requireRunning)
      throws IOException {
    List<ChunkFile> files = new ArrayList<>();
    long delay = 0;
    for (Map.Entry<Integer, ChunkResult> entry : results.entrySet()) {
      requireRunning.run();
      SourceOpener source = sources.get(entry.getKey());
      if (source == null) {
        throw new AssertionError(entry);
      }
      ChunkFile file = ChunkFile.check(entry.getValue(), source, plan.frameRate());
      requireSame(file, files.isEmpty() ? file : files.get(0));
      files.add(file);
      delay = Math.max(delay, file.order().delay(plan.frameRate()));
    }
    return new ChunkChecks(files, delay);
  }

  private static void requireSame(ChunkFile file, ChunkFile first) throws CutException {
    String differences = Forms.differences(file.form(), first.form());
    if (!differences.isEmpty()) {
      throw new CutException(
          file.result().chunk(),
          "it does not fit " + first.result().chunk() + ": it has " + differences);
    }
  }
}
