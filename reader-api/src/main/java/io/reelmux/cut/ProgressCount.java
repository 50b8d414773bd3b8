package io.reelmux.cut;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Adds up what several threads report, and tells a listener, one call at a time. */
final class ProgressCount {
  private final CutPlan plan;
  private final Consumer<CutProgress> listener;

  /** Of the chunks that are being encoded. */
  private final Map<Chunk, Long> running = new HashMap<>();

  private long done;
  private int chunks;

  ProgressCount(CutPlan plan, Consumer<CutProgress> listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /** Frames of a chunk have been encoded. */
  synchronized void encoded(Chunk chunk, long frames) {
    running.put(chunk, frames);
    report(0);
  }

  /** A chunk is complete. */
  synchronized void completed(Chunk chunk) {
    running.remove(chunk);
    done += chunk.frames();
    chunks++;
    report(0);
  }

  /** Frames have been written to the output. */
  synchronized void joined(long frames) {
    report(frames);
  }

  private void report(long joined) {
    long frames = done + running.values().stream().mapToLong(Long::longValue).sum();
    listener.accept(
        new CutProgress(frames, plan.totalFrames(), chunks, plan.chunks().size(), joined));
  }
}
