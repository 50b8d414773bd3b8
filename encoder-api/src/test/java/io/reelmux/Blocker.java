package io.reelmux;

import io.reelmux.internal.ThrowingRunnable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** A step that signals when it is reached, and then blocks until it may proceed. */
public final class Blocker implements ThrowingRunnable<IOException> {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch proceed = new CountDownLatch(1);
  private final boolean stubborn;

  private Blocker(boolean stubborn) {
    this.stubborn = stubborn;
  }

  /** An interrupt ends it with an {@link InterruptedIOException} and leaves the flag set. */
  public static Blocker interruptible() {
    return new Blocker(false);
  }

  /** Interrupts do not end it. */
  public static Blocker stubborn() {
    return new Blocker(true);
  }

  public void awaitReached() throws InterruptedException {
    Background.await(reached);
  }

  public void proceed() {
    proceed.countDown();
  }

  @Override
  public void run() throws InterruptedIOException {
    reached.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        proceed.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        if (!stubborn) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted");
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
