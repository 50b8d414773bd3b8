package io.reelmux.reader.ffmpeg.internal.source;

import io.reelmux.reader.spi.CallCheck;
import java.util.concurrent.CancellationException;

/** Whether a call must end; asked by every loop and every read. Thread-safe. */
public final class Cancellation {
  private final CallCheck callCheck;
  private volatile boolean cancelled;

  /**
   * Not cancelled.
   *
   * @param callCheck what the reader says of the call that is running
   */
  public Cancellation(CallCheck callCheck) {
    this.callCheck = callCheck;
  }

  /** Gives up everything. */
  public void cancel() {
    cancelled = true;
  }

  /** Returns whether the call that runs on this thread must end. */
  boolean isCancelled() {
    try {
      check();
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }

  /** Throws if the call that runs on this thread must end. */
  public void check() {
    if (cancelled) {
      throw new CancellationException("the reader was cancelled");
    }
    callCheck.check();
  }
}
