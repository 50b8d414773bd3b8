package io.reelmux.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a call in its own thread; reports what it threw and whether it left an interrupt. */
final class Background {
  private static final long SECONDS = 30;

  /** A call. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  private final Thread thread;
  private volatile @Nullable Throwable thrown;
  private volatile boolean interrupted;

  private Background(Body body) {
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

  static Background start(Body body) {
    Background background = new Background(body);
    background.thread.start();
    return background;
  }

  /** Waits for the end and returns what was thrown; null if nothing was. */
  @Nullable Throwable thrown() throws InterruptedException {
    thread.join(SECONDS * 1000);
    assertThat(thread.isAlive()).as("the call has not returned").isFalse();
    return thrown;
  }

  boolean interrupted() throws InterruptedException {
    thrown();
    return interrupted;
  }

  boolean isRunning() {
    return thread.isAlive();
  }

  void awaitWaiting() {
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).as("the latch was not reached").isTrue();
  }
}
