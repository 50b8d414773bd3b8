package io.reelmux.reader.internal;

import io.reelmux.reader.internal.RunningCall.End;
import io.reelmux.reader.spi.MediaSession;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The state of a reader, which threads are inside, and what must be released: by the last thread
 * that leaves, never while a call is running. Separate from the reader so that it can be reclaimed
 * when the reader was forgotten: nothing here refers to the caller's source, except weakly.
 */
public final class Lifecycle {
  private static final System.Logger LOGGER = System.getLogger("io.reelmux");

  private final Map<Thread, RunningCall> inside = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final CountDownLatch freed = new CountDownLatch(1);
  private final Throwable openedAt = new Throwable("the reader was opened here");
  private final @Nullable Closeable ownSource;
  private @Nullable MediaSession session;
  private boolean canceled;
  private boolean closed;
  private boolean freeing;

  /**
   * Nothing to release yet but the source.
   *
   * @param ownSource what the reader has opened itself; null if the source is the caller's
   */
  public Lifecycle(@Nullable Closeable ownSource) {
    this.ownSource = ownSource;
  }

  /** Called inside of a call: the file has been opened. */
  synchronized void opened(MediaSession opened) {
    session = opened;
  }

  /** Called inside of a call: a part has been opened. */
  synchronized void add(Part part, Runnable release) {
    part.releasedBy(release);
    parts.add(part);
  }

  /** Returns the call of the current thread. */
  synchronized @Nullable RunningCall current() {
    return inside.get(Thread.currentThread());
  }

  /** Throws if the call of the current thread must end. */
  public void check() {
    RunningCall call = current();
    if (call != null) {
      call.check();
    }
  }

  /**
   * Called before any lock is acquired: a thread that is inside and waits for a lock could wait
   * forever.
   */
  synchronized void refuseInside(String call) {
    if (inside.containsKey(Thread.currentThread())) {
      throw new IllegalStateException(
          call
              + " was called from inside another call of the same reader, by its source; only"
              + " cancel() may be");
    }
  }

  /** Begins a call, if it is legal. */
  synchronized RunningCall enter(Part part, String name) {
    requireOpen(part, name);
    RunningCall call = new RunningCall(name);
    inside.put(Thread.currentThread(), call);
    part.running(call);
    return call;
  }

  /** Begins a question about a part, whatever the state; false if the part has been released. */
  synchronized boolean enterToAsk(Part part) {
    if (freeing || part.released()) {
      return false;
    }
    RunningCall call = new RunningCall("report()");
    inside.put(Thread.currentThread(), call);
    part.running(call);
    return true;
  }

  private void requireOpen(Part part, String name) {
    if (canceled) {
      throw new CancellationException(name + ": " + End.CANCELED.words());
    }
    if (closed) {
      throw new IllegalStateException(name + " was called after the reader's close()");
    }
    if (part.closing()) {
      throw new IllegalStateException(name + " was called on " + part + " after its close()");
    }
    Throwable failure = part.failure();
    if (failure != null) {
      throw new IllegalStateException(
          name + " was called on " + part + " after a failure; open the stream again: " + failure,
          failure);
    }
  }

  synchronized void failed(Part part, Throwable cause) {
    part.failed(cause);
  }

  /** Ends a call; releases what is to be released and was in use until now. */
  void leave(Part part) {
    Runnable last = () -> {};
    synchronized (this) {
      part.running(null);
      if (part.closing()) {
        last = take(part);
      }
    }
    try {
      last.run();
    } finally {
      exit();
    }
  }

  private Runnable take(Part part) {
    parts.remove(part);
    return part.takeRelease();
  }

  private void exit() {
    boolean free;
    synchronized (this) {
      inside.remove(Thread.currentThread());
      free = claimFreeing();
    }
    if (free) {
      free();
    }
  }

  private boolean claimFreeing() {
    if (!closed || freeing || !inside.isEmpty()) {
      return false;
    }
    freeing = true;
    return true;
  }

  /** Ends the calls that are running, with a {@link CancellationException}. */
  public void cancel() {
    List<RunningCall> running;
    MediaSession current;
    synchronized (this) {
      canceled = true;
      running = List.copyOf(inside.values());
      current = session;
    }
    // first, so that every call knows why the session ends it
    running.forEach(call -> call.end(End.CANCELED));
    if (current != null) {
      current.cancel();
    }
  }

  /** Closes one part: its running call ends, and releases it. */
  public void close(Part part) {
    refuseInside("close()");
    Runnable release;
    synchronized (this) {
      if (freeing || part.closing()) {
        return;
      }
      part.close();
      RunningCall running = part.running();
      if (running != null) {
        running.end(End.CLOSED);
        return;
      }
      release = take(part);
      inside.put(Thread.currentThread(), new RunningCall("close()"));
    }
    try {
      release.run();
    } finally {
      exit();
    }
  }

  /** Closes everything: running calls end, and the last one releases. */
  public void close() {
    refuseInside("close()");
    List<RunningCall> running;
    MediaSession current;
    boolean free;
    synchronized (this) {
      closed = true;
      running = List.copyOf(inside.values());
      current = session;
      free = claimFreeing();
    }
    running.forEach(call -> call.end(End.CLOSED));
    if (current != null && !running.isEmpty()) {
      current.cancel();
    }
    if (free) {
      free();
    } else {
      awaitFreed();
    }
  }

  /** Waits for another thread that is freeing, but not for calls that are still running. */
  private void awaitFreed() {
    boolean interrupted = false;
    while (isFreeing() && freed.getCount() > 0) {
      try {
        freed.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isFreeing() {
    return freeing;
  }

  private void free() {
    try {
      releases().forEach(Runnable::run);
    } finally {
      freed.countDown();
    }
    try {
      if (ownSource != null) {
        ownSource.close();
      }
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "a file that was read could not be closed", e);
    }
  }

  private synchronized List<Runnable> releases() {
    List<Runnable> all = new ArrayList<>();
    parts.forEach(part -> all.add(part.takeRelease()));
    parts.clear();
    MediaSession current = session;
    if (current != null) {
      all.add(current::release);
    }
    return all;
  }

  /** Called by the cleaner: the reader was never closed. */
  public void reclaim() {
    synchronized (this) {
      if (closed || session == null) {
        return;
      }
    }
    LOGGER.log(
        System.Logger.Level.WARNING, "a reader was never closed: its memory is freed", openedAt);
    // freeing a decoder can block, which must not stop the cleaner
    Thread reclaimer = new Thread(this::close, "reelmux-reclaim");
    reclaimer.setDaemon(true);
    reclaimer.start();
  }

  /** {@code OPEN}, {@code CANCELLED} or {@code CLOSED}. */
  @Override
  public synchronized String toString() {
    return closed ? "CLOSED" : canceled ? "CANCELLED" : "OPEN";
  }
}
