package io.reelmux.ffmpeg.internal.mux;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits that an interrupt of the waiting thread does not end; it is kept for the caller. */
final class Waiting {

  private Waiting() {}

  @FunctionalInterface
  private interface Wait {
    void run(long millis) throws InterruptedException;
  }

  /** Waits for a latch. */
  static void forEnd(CountDownLatch latch) {
    uninterrupted(Long.MAX_VALUE, millis -> latch.await());
  }

  /** Waits for the end of a thread, but no longer than a time. */
  static void forEnd(Thread thread, long millis) {
    uninterrupted(millis, thread::join);
  }

  private static void uninterrupted(long millis, Wait wait) {
    boolean interrupted = false;
    long start = System.nanoTime();
    long left = millis;
    while (left > 0) {
      try {
        wait.run(left);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
      left = millis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
