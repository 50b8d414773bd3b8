package io.reelmux.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Cancels a task when the JVM is told to end, by Ctrl-C for example, and holds up the end until the
 * task has removed its file.
 */
final class Cancellation implements AutoCloseable {
  private static final int POLLS = 200;
  private static final int POLL_MILLIS = 50;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Cancellation(Thread hook) {
    this.hook = hook;
  }

  /**
   * Begins to listen.
   *
   * @param cancel makes the task fail; called on another thread
   * @param idle whether the task waits for its input, which no one can interrupt
   * @param cleanUp removes the file if the task does not
   */
  static Cancellation of(Runnable cancel, BooleanSupplier idle, Runnable cleanUp) {
    CountDownLatch[] latch = new CountDownLatch[1];
    Thread hook =
        new Thread(
            () -> {
              cancel.run();
              await(latch[0], idle);
              cleanUp.run();
            },
            "reelmux-cancel");
    Cancellation cancellation = new Cancellation(hook);
    latch[0] = cancellation.done;
    Runtime.getRuntime().addShutdownHook(hook);
    return cancellation;
  }

  private static void await(CountDownLatch done, BooleanSupplier idle) {
    try {
      for (int n = 0; n < POLLS && !idle.getAsBoolean(); n++) {
        if (done.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends listening: the task is done and has removed what it had to. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending: the hook runs
    }
  }
}
