package io.reelmux.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches over a step that may take too long: runs an action once the limit has passed. */
public final class Deadline implements AutoCloseable {
  private final CompletableFuture<Void> timer;
  private final CompletableFuture<@Nullable Void> action;

  private Deadline(Duration limit, Runnable onExpired) {
    timer = new CompletableFuture<Void>().orTimeout(nanos(limit), TimeUnit.NANOSECONDS);
    action =
        timer.handle(
            (done, timeout) -> {
              if (timeout != null) {
                onExpired.run();
              }
              return null;
            });
  }

  /** Starts to watch; {@code onExpired} runs on another thread. */
  public static Deadline watch(Duration limit, Runnable onExpired) {
    return new Deadline(limit, onExpired);
  }

  /** Stops watching; if the action has started, waits until it is done. */
  @Override
  public void close() {
    timer.complete(null);
    action.join();
  }

  /** Whether the limit passed before this was closed. */
  public boolean expired() {
    return timer.isCompletedExceptionally();
  }

  /** Returns the nanoseconds of a duration, as far as a long can say. */
  public static long nanos(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
