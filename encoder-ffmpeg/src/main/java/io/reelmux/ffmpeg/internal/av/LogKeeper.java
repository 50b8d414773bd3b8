package io.reelmux.ffmpeg.internal.av;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A sleeping thread that keeps the class loader of the newest log callback. FFmpeg has one callback
 * for all applications of a process: if the application that installed it were undeployed and
 * collected, the next message of another one would run into code that is no longer there.
 *
 * <p>Each application loads this class for itself, so that they find each other's threads by name,
 * and share a monitor by an interned string.
 */
final class LogKeeper {

  private static final String NAME = "reelmux-log-keeper";

  /** The name of a thread that is no longer needed. */
  private static final String REPLACED = NAME + "-replaced";

  private static final Object MONITOR = NAME.intern();

  /** A thread that only sleeps needs little; the JVM rounds this up to its minimum. */
  private static final long STACK_BYTES = 1024;

  private LogKeeper() {}

  /**
   * Keeps the class loader of this class until another application has installed its callback.
   *
   * @param install installs the callback
   */
  static void keepWhileInstalled(Runnable install) {
    synchronized (MONITOR) {
      List<Thread> earlier = keepers();
      Thread keeper = new Thread(null, LogKeeper::sleep, NAME, STACK_BYTES, false);
      keeper.setDaemon(true);
      keeper.setContextClassLoader(null);
      keeper.start();
      install.run();
      for (Thread thread : earlier) {
        thread.setName(REPLACED);
        LockSupport.unpark(thread);
      }
    }
  }

  /**
   * Interruptions are ignored: whoever interrupts all threads doesn't know what this one is for.
   */
  private static void sleep() {
    while (!Thread.currentThread().getName().equals(REPLACED)) {
      LockSupport.park(MONITOR);
      Thread.interrupted();
    }
  }

  private static List<Thread> keepers() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 16];
    int count = root.enumerate(threads, true);
    while (count == threads.length) {
      threads = new Thread[2 * threads.length];
      count = root.enumerate(threads, true);
    }
    List<Thread> keepers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (threads[i].getName().equals(NAME)) {
        keepers.add(threads[i]);
      }
    }
    return keepers;
  }
}
