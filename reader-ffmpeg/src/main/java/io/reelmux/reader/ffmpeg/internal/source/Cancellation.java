package io.reelmux.reader.ffmpeg.internal.source;

import java.util.concurrent.CancellationException;

/** Whether reading has been given up; asked by every loop and every read. Thread-safe. */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Not cancelled. */
  public Cancellation() {}

  /** Gives up. */
  public void cancel() {
    cancelled = true;
  }

  /** Returns whether reading has been given up. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Throws if reading has been given up. */
  public void check() {
    if (cancelled) {
      throw new CancellationException("the reader was cancelled");
    }
  }
}
