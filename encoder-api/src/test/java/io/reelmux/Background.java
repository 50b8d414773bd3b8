package io.reelmux;

import static org.assertj.core.api.Assertions.assertThat;

import io.reelmux.internal.ThrowingRunnable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a call in its own thread; reports what it threw and whether it left the thread interrupted.
 */
public final class Background {
  /** Anything that takes longer is hanging, even on a busy machine. */
  private static final long SECONDS = 30;

  private final Thread thread;
  private volatile @Nullable Throwable thrown;
  private volatile boolean interrupted;

  private Background(ThrowingRunnable<Exception> body) {
    thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                thrown = e;
              }
              interrupted = Thread.currentThread().isInterrupted();
            },
            "background");
    thread.setDaemon(true);
  }

  public static Background start(ThrowingRunnable<Exception> body) {
    Background background = new Background(body);
    background.thread.start();
    return background;
  }

  /** Waits for the end and returns what was thrown; null if nothing was. */
  public @Nullable Throwable thrown() throws InterruptedException {
    thread.join(SECONDS * 1000);
    assertThat(thread.isAlive()).as("the call has not returned").isFalse();
    return thrown;
  }

  /** Waits for the end and returns whether the thread's interrupt flag was set then. */
  public boolean interrupted() throws InterruptedException {
    thrown();
    return interrupted;
  }

  public boolean isRunning() {
    return thread.isAlive();
  }

  /** Waits until the thread blocks on a lock or a latch. */
  public void awaitBlocked() {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  public static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).as("the latch was not reached").isTrue();
  }
}
