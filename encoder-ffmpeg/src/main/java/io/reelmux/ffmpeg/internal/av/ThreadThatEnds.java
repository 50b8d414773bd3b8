package io.reelmux.ffmpeg.internal.av;

import io.reelmux.EncoderException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs native code that changes the thread it runs on. Its messages go where those of the caller
 * go.
 */
final class ThreadThatEnds {

  private ThreadThatEnds() {}

  /** Runs work on a new thread, and waits until it is done, even if the caller is interrupted. */
  static <T> T call(String name, Callable<T> work) throws EncoderException {
    SessionLog.Part part = FfmpegLog.current();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              FfmpegLog.enter(part);
              try {
                return work.call();
              } finally {
                FfmpegLog.enter(null);
              }
            });
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return await(task);
  }

  private static <T> T await(FutureTask<T> task) throws EncoderException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrow(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IllegalStateException rethrow(@Nullable Throwable cause) throws EncoderException {
    if (cause instanceof EncoderException failure) {
      throw failure;
    }
    if (cause instanceof RuntimeException failure) {
      throw failure;
    }
    if (cause instanceof Error failure) {
      throw failure;
    }
    return new IllegalStateException(cause);
  }
}
