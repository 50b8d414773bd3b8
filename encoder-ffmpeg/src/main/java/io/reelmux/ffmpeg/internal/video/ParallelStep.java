package io.reelmux.ffmpeg.internal.video;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.FfmpegLog;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.ThrowingSupplier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A step that another thread may run while the calling thread does something else. The calling
 * thread always waits for it, so nothing keeps running after a call has returned. FFmpeg messages
 * printed by the step go to the calling thread's log.
 */
final class ParallelStep<T> {
  private final FutureTask<T> task;

  private ParallelStep(FutureTask<T> task) {
    this.task = task;
  }

  /** Submits a step to the JVM's common pool. */
  static <T> ParallelStep<T> start(ThrowingSupplier<T, EncoderException> step) {
    SessionLog.@Nullable Part part = FfmpegLog.current();
    FutureTask<T> task = new FutureTask<>(() -> logged(part, step));
    ForkJoinPool.commonPool().execute(task);
    return new ParallelStep<>(task);
  }

  private static <T> T logged(
      SessionLog.@Nullable Part part, ThrowingSupplier<T, EncoderException> step)
      throws EncoderException {
    SessionLog.@Nullable Part outer = FfmpegLog.enter(part);
    try {
      return step.get();
    } finally {
      FfmpegLog.enter(outer);
    }
  }

  /**
   * Waits for the step to finish; runs it on the calling thread if the pool has not started it. An
   * interrupt does not end the wait, and remains set.
   *
   * @throws EncoderException if the step threw it; unchecked exceptions and errors pass through too
   */
  T join() throws EncoderException {
    task.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static EncoderException thrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof EncoderException e) {
      return e;
    }
    throw (Error) cause;
  }
}
