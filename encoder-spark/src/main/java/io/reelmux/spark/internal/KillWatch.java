package io.reelmux.spark.internal;

import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the work of a task when Spark kills the task. Spark may interrupt its thread or only set
 * a flag, and neither reaches native code. Closed by the thread of the task.
 */
public final class KillWatch implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final TaskContext context;
  private final Thread thread;
  private @Nullable Runnable cancel;
  private boolean closed;

  private KillWatch(TaskContext context) {
    this.context = context;
    this.thread = new Thread(this::watch, "reelmux-kill-watch-" + context.taskAttemptId());
    thread.setDaemon(true);
  }

  /** Begins to watch a task. */
  public static KillWatch of(TaskContext context) {
    KillWatch watch = new KillWatch(context);
    watch.thread.start();
    return watch;
  }

  /** Sets what cancels the work that begins now, on the watch's own thread. */
  public synchronized void begin(Runnable action) {
    cancel = action;
  }

  /** The work has ended; nothing cancels it after this. */
  public synchronized void end() {
    cancel = null;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      cancel = null;
      notifyAll();
    }
  }

  private synchronized void watch() {
    try {
      while (!closed) {
        if (context.isInterrupted() && cancel != null) {
          cancel.run();
          cancel = null;
        }
        wait(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does; the task ends without being watched
    }
  }
}
