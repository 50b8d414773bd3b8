package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.FfmpegLog;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * A step that another thread may run while the calling thread does something else, for one input
 * after another. The calling thread always waits for it, so nothing keeps running after a call has
 * returned. FFmpeg messages printed by the step go to the calling thread's log.
 *
 * <p>One object serves all frames of a stream, so that a frame leaves no garbage but the pool's own
 * entry. An entry that the pool comes to late, after the calling thread has run the step itself,
 * finds nothing to do or serves the next input.
 */
final class ParallelStep<T, R> implements Runnable {

  /** What is done with an input. */
  @FunctionalInterface
  interface Work<T, R> {
    R apply(T input) throws EncoderException;
  }

  /**
   * A pool without threads would keep an entry, and with it the encoder, forever. It does not say
   * that it has none: its parallelism is at least 1, which is also what it is on two processors.
   */
  private static final boolean POOL_HAS_THREADS =
      Runtime.getRuntime().availableProcessors() > 1
          && !System.getProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "")
              .equals("0");

  private final Work<T, R> work;

  /** Whether the pool has an entry that it has not come to. */
  private boolean submitted;

  /** What no thread has begun with. */
  private @Nullable T input;

  private SessionLog.@Nullable Part part;
  private boolean done;
  private @Nullable R result;
  private @Nullable Throwable failure;

  ParallelStep(Work<T, R> work) {
    this.work = work;
  }

  /** Submits an input to the JVM's common pool; to be followed by {@link #join}. */
  void start(T next) {
    boolean submits;
    synchronized (this) {
      input = next;
      part = FfmpegLog.current();
      done = false;
      submits = !submitted;
      submitted = true;
    }
    if (submits && POOL_HAS_THREADS) {
      ForkJoinPool.commonPool().execute(this);
    }
  }

  /** Called by the pool. */
  @Override
  public void run() {
    synchronized (this) {
      submitted = false;
    }
    runIfPending();
  }

  private void runIfPending() {
    T taken = takeInput();
    if (taken == null) {
      return;
    }
    R made = null;
    Throwable thrown = null;
    try {
      made = logged(taken);
    } catch (EncoderException | RuntimeException | Error e) {
      thrown = e;
    }
    end(made, thrown);
  }

  private synchronized @Nullable T takeInput() {
    T taken = input;
    input = null;
    return taken;
  }

  private R logged(T taken) throws EncoderException {
    SessionLog.@Nullable Part outer = FfmpegLog.enter(part);
    try {
      return work.apply(taken);
    } finally {
      FfmpegLog.enter(outer);
    }
  }

  private synchronized void end(@Nullable R made, @Nullable Throwable thrown) {
    result = made;
    failure = thrown;
    done = true;
    notifyAll();
  }

  /**
   * Waits for the step to finish; runs it on the calling thread if the pool has not started it. An
   * interrupt does not end the wait, and remains set.
   *
   * @throws EncoderException if the step threw it; unchecked exceptions and errors pass through too
   */
  R join() throws EncoderException {
    runIfPending();
    boolean interrupted = false;
    synchronized (this) {
      while (!done) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return take();
  }

  /** Returns or throws what the step did, and forgets it. */
  private synchronized R take() throws EncoderException {
    R made = result;
    Throwable thrown = failure;
    result = null;
    failure = null;
    if (made != null) {
      return made;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof EncoderException e) {
      throw e;
    }
    throw (Error) Objects.requireNonNull(thrown, "failure");
  }
}
