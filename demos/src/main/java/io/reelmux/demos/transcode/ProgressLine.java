package io.reelmux.demos.transcode;

import io.reelmux.Progress;
import io.reelmux.ProgressListener;
import java.time.Duration;
import java.util.Optional;

/** Prints a percentage to stderr, on one line that is overwritten. */
final class ProgressLine implements ProgressListener, AutoCloseable {
  private final String task;
  private final long total;
  private int percent = -1;

  /**
   * Creates a line.
   *
   * @param duration of the whole; empty if unknown, then nothing is printed
   */
  ProgressLine(String task, Optional<Duration> duration) {
    this.task = task;
    this.total = duration.map(Duration::toMillis).orElse(0L);
  }

  @Override
  public void onProgress(Progress progress) {
    if (total <= 0) {
      return;
    }
    int now = (int) Math.min(100, 100 * progress.position().toMillis() / total);
    if (now != percent) {
      percent = now;
      System.err.printf("\r%s %3d%%", task, percent);
    }
  }

  /** Ends the line. */
  @Override
  public void close() {
    if (percent >= 0) {
      System.err.println();
    }
  }
}
