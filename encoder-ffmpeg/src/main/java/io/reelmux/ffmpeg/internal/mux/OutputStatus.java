package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.OutputState;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The state of an output: which changes are possible, and how it ended. Thread-safe. */
final class OutputStatus {
  private static final Set<OutputState> ACTIVE =
      EnumSet.of(OutputState.STARTING, OutputState.RUNNING, OutputState.FINISHING);

  private final String name;

  /** Nobody has to wait for this output anymore. */
  private final CountDownLatch settled = new CountDownLatch(1);

  private OutputState state = OutputState.RUNNING;
  private @Nullable Throwable failure;

  /** The output of this name is running. */
  OutputStatus(String name) {
    this.name = name;
  }

  /** It waits for a key frame. */
  synchronized void waitForKeyFrame() {
    state = OutputState.STARTING;
  }

  /** The key frame that it waited for has come. */
  synchronized void begun() {
    if (state == OutputState.STARTING) {
      state = OutputState.RUNNING;
    }
  }

  /** Returns false if it accepts no packets anymore. */
  synchronized boolean beginFinish() {
    if (!accepts()) {
      return false;
    }
    state = OutputState.FINISHING;
    return true;
  }

  /** Everything has been written. */
  synchronized void complete() {
    if (state == OutputState.FINISHING) {
      state = OutputState.FINISHED;
    }
  }

  /** Ends it; returns false if it has ended before. */
  synchronized boolean end(OutputState last, @Nullable Throwable cause) {
    if (!ACTIVE.contains(state)) {
      return false;
    }
    state = last;
    failure = cause;
    return true;
  }

  synchronized OutputState state() {
    return state;
  }

  synchronized boolean accepts() {
    return state == OutputState.STARTING || state == OutputState.RUNNING;
  }

  synchronized boolean isActive() {
    return ACTIVE.contains(state);
  }

  /** Returns why it failed. */
  synchronized Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns why it is not complete, if it failed or was canceled. */
  synchronized Optional<Throwable> whyIncomplete() {
    return state == OutputState.CANCELLED
        ? Optional.of(new CancellationException("output '" + name + "' has been canceled"))
        : failure();
  }

  /** Releases whoever waits for it. */
  void settle() {
    settled.countDown();
  }

  /** Waits until it is complete, has failed or was canceled. */
  void await() {
    Waiting.forEnd(settled);
  }

  /** Throws what kept it from being completed. */
  void requireFinished() throws IOException {
    OutputState now = state();
    if (now == OutputState.FAILED) {
      throwFailure();
    }
    if (now == OutputState.CANCELLED) {
      throw new IllegalStateException("output '" + name + "' has been canceled");
    }
  }

  /** Throws the failure, unchanged. */
  void throwFailure() throws IOException {
    Throwable cause = failure().orElseThrow();
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw new IOException("output '" + name + "' failed", cause);
  }
}
