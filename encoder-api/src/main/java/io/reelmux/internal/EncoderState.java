package io.reelmux.internal;

import io.reelmux.EncodingResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of an encoder, and the message for each call that it refuses. Thread-safe; nothing but
 * short steps runs under its monitor.
 */
public final class EncoderState {

  private enum Phase {
    CONFIGURING,
    OPENING,
    OPEN,
    FINISHED,
    FAILED,
    CANCELLED,
    CLOSED
  }

  private Phase phase = Phase.CONFIGURING;

  /** What canceled the encoder. */
  private String canceledBy = "the encoder has been canceled";

  /** Stays true after close(), while the calls that were running return. */
  private boolean cancelled;

  private @Nullable Throwable failure;
  private @Nullable EncodingResult result;

  /** Refuses a call that is legal before open only. The caller holds the monitor while it runs. */
  public synchronized void requireConfiguring(String call) {
    require(Phase.CONFIGURING, call);
  }

  /** From CONFIGURING to OPENING; what the action returns is what is being opened. */
  synchronized <T> T startOpening(Supplier<T> action) {
    requireConfiguring("open");
    T opening = action.get();
    phase = Phase.OPENING;
    return opening;
  }

  synchronized void opened() {
    requireNotCancelled("open");
    phase = Phase.OPEN;
  }

  /** After a refused open the encoder is as it was before, unless it was canceled meanwhile. */
  synchronized void openRefused() {
    if (phase == Phase.OPENING) {
      phase = Phase.CONFIGURING;
    }
  }

  synchronized void requireOpen(String call) {
    require(Phase.OPEN, call);
  }

  synchronized void finished(EncodingResult newResult) {
    requireNotCancelled("finish()");
    result = newResult;
    phase = Phase.FINISHED;
  }

  /** Returns what was written; empty unless finished. */
  public synchronized Optional<EncodingResult> result() {
    return Optional.ofNullable(result);
  }

  /** Keeps the first failure; a failure caused by cancel() becomes a cancellation. */
  synchronized void failed(String call, Throwable cause) {
    requireNotCancelled(call, cause);
    if (phase == Phase.OPEN) {
      phase = Phase.FAILED;
      failure = cause;
    }
  }

  /** Adds a later failure to the first one as suppressed. */
  synchronized void failedAgain(Throwable later) {
    if (failure != null && failure != later) {
      failure.addSuppressed(later);
    }
  }

  /** Whether there is something to cancel. */
  public synchronized boolean cancel() {
    if (phase == Phase.FINISHED || phase == Phase.CLOSED || phase == Phase.CANCELLED) {
      return false;
    }
    phase = Phase.CANCELLED;
    cancelled = true;
    return true;
  }

  /** As {@link #cancel}, at the end of the time limit. */
  synchronized boolean expire(Duration limit) {
    boolean now = cancel();
    if (now) {
      canceledBy = "the encoder has been canceled by its timeLimit of " + limit;
    }
    return now;
  }

  synchronized void closed() {
    phase = Phase.CLOSED;
  }

  synchronized boolean isOpen() {
    return phase == Phase.OPEN;
  }

  synchronized boolean hasFailed() {
    return phase == Phase.FAILED;
  }

  /** Also true once the canceled encoder has been closed. */
  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void requireNotCancelled(String call) {
    if (cancelled) {
      throw cancelled(call);
    }
  }

  /** As {@link #requireNotCancelled(String)}, for a failure that the cancellation may explain. */
  synchronized void requireNotCancelled(String call, Throwable cause) {
    if (cancelled && !isExplained(cause)) {
      CancellationException explained = cancelled(call);
      explained.initCause(cause);
      throw explained;
    }
  }

  private boolean isExplained(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof CancellationException
        && message != null
        && message.endsWith(canceledBy);
  }

  /** The name of the state, as in the documentation of {@code Encoder}. */
  @Override
  public synchronized String toString() {
    return phase.name();
  }

  private void require(Phase wanted, String call) {
    if (phase == wanted) {
      return;
    }
    switch (phase) {
      case CANCELLED -> throw cancelled(call);
      case FAILED ->
          throw new IllegalStateException(
              call + " was called after a failure; only close() may be: " + failure, failure);
      case CONFIGURING ->
          throw new IllegalStateException(
              call
                  + " was called before open: call open(), openFile(), openFileLike() or openPackets()");
      default ->
          throw new IllegalStateException(
              call + " was called " + whenIllegal() + "; " + instead(wanted));
    }
  }

  private String whenIllegal() {
    return switch (phase) {
      case OPENING -> "while open is running in another thread";
      case OPEN -> "after open";
      case FINISHED -> "after finish()";
      default -> "after close()";
    };
  }

  private String instead(Phase wanted) {
    if (phase == Phase.OPENING && wanted == Phase.OPEN) {
      return "wait until it has returned";
    }
    return wanted == Phase.CONFIGURING
        ? "streams are added before open, and an encoder is opened once: create another"
        : "create another encoder";
  }

  private CancellationException cancelled(String call) {
    return new CancellationException(call + ": " + canceledBy);
  }
}
