package io.reelmux.ffmpeg.internal.mux;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that an interrupt of the waiting thread does not end. */
final class Waiting {

  private Waiting() {}

  /**
   * Waits for a latch; an interrupt is kept for the caller.
   *
   * @param nanos the maximum time
   */
  static void forEnd(CountDownLatch latch, long nanos) {
    boolean interrupted = false;
    long start = System.nanoTime();
    long left = nanos;
    while (left > 0 && latch.getCount() > 0) {
      try {
        if (latch.await(left, TimeUnit.NANOSECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = nanos - (System.nanoTime() - start);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
