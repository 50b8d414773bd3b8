package io.reelmux.ffmpeg.internal.av;

import io.reelmux.EncoderException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A step that another thread may take while the calling thread does something else. The calling
 * thread waits for its end in any case, so nothing runs on when a call has returned. What the step
 * prints belongs to the same part of the same encoder.
 */
public final class ParallelStep<T> {

  /** The step. */
  @FunctionalInterface
  public interface Work<T> {
    /** Takes it. */
    T run() throws EncoderException;
  }

  private final FutureTask<T> task;

  private ParallelStep(FutureTask<T> task) {
    this.task = task;
  }

  /** Hands a step to the JVM's common pool. */
  public static <T> ParallelStep<T> start(Work<T> work) {
    SessionLog.@Nullable Part part = FfmpegLog.current();
    FutureTask<T> task = new FutureTask<>(() -> logged(part, work));
    ForkJoinPool.commonPool().execute(task);
    return new ParallelStep<>(task);
  }

  private static <T> T logged(SessionLog.@Nullable Part part, Work<T> work)
      throws EncoderException {
    SessionLog.@Nullable Part outer = FfmpegLog.enter(part);
    try {
      return work.run();
    } finally {
      FfmpegLog.enter(outer);
    }
  }

  /**
   * Waits for the end of the step; takes it on the calling thread if the pool has not begun. An
   * interrupt does not cut the wait short, and stays set.
   *
   * @throws EncoderException as the step threw it; so are unchecked exceptions and errors
   */
  public T join() throws EncoderException {
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
