package io.reelmux.demos.transcode.copy;

/** Prints a percentage to stderr, on one line that is overwritten. */
final class ProgressLine implements AutoCloseable {
  private final String task;
  private final int total;
  private int done;
  private int percent = -1;

  ProgressLine(String task, int total) {
    this.task = task;
    this.total = total;
  }

  /** Counts one of the total. */
  void step() {
    done++;
    int now = (int) Math.min(100, 100L * done / Math.max(1, total));
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
