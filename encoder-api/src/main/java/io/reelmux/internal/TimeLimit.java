package io.reelmux.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs an action after a time, unless it is closed before. All share the one daemon thread that
 * times out {@link CompletableFuture}s; the action has a thread of its own.
 */
final class TimeLimit implements AutoCloseable {
  private final CompletableFuture<Void> timer = new CompletableFuture<>();

  private TimeLimit() {}

  /** Starts to wait; {@code onExpired} must refer to nothing that keeps an encoder reachable. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the action
  static TimeLimit start(Duration limit, Runnable onExpired) {
    TimeLimit started = new TimeLimit();
    started
        .timer
        .orTimeout(Deadline.nanos(limit), TimeUnit.NANOSECONDS)
        .whenComplete(
            (done, timeout) -> {
              if (timeout != null) {
                inBackground(onExpired);
              }
            });
    return started;
  }

  private static void inBackground(Runnable action) {
    Thread thread = new Thread(action, "reelmux-time-limit");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits no longer. An action that has begun is not stopped. */
  @Override
  public void close() {
    timer.complete(null);
  }
}
