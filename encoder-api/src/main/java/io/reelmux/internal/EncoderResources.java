package io.reelmux.internal;

import io.reelmux.Progress;
import io.reelmux.spi.EncodingSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder must release: the session and the outputs. Separate from the encoder so that it
 * can be reclaimed when the encoder was forgotten: nothing here refers to an object of the caller,
 * except through a {@link WeakCallerRef}.
 */
public final class EncoderResources {
  private final EncoderState state;
  private final CallTracker tracker = new CallTracker();
  private final CountDownLatch freed = new CountDownLatch(1);
  private final Throwable createdAt = new Throwable("the encoder was created here");
  private volatile @Nullable EncodingSession session;
  private volatile @Nullable OutputEnds ends;
  private volatile @Nullable GuardedListener listener;
  private volatile @Nullable TimeLimit timeLimit;
  private volatile boolean dismissed;
  private boolean complete;

  /** Nothing to release yet. */
  public EncoderResources(EncoderState state) {
    this.state = state;
  }

  CallTracker tracker() {
    return tracker;
  }

  EncodingSession session() {
    return Objects.requireNonNull(session, "session");
  }

  /** Returns the session's totals; zeros before open. */
  public Progress progress() {
    EncodingSession current = session;
    return current == null ? new Progress(List.of(), 0) : current.progress();
  }

  /** Called before the backend opens: cancel() must find what may block. */
  void opening(OutputEnds newEnds, @Nullable GuardedListener newListener) {
    ends = newEnds;
    listener = newListener;
    if (state.isCancelled()) {
      unblock();
    }
  }

  OutputEnds ends() {
    return Objects.requireNonNull(ends, "ends");
  }

  /** As {@link CallTracker#refuseInside}, and also refuses the threads of outputs. */
  void refuseInside(String call) {
    tracker.refuseInside(call);
    OutputEnds current = ends;
    if (current != null && current.isInside()) {
      throw CallTracker.inside(call);
    }
  }

  /** Cancels the encoding unless it has been released within this time. */
  void limit(Duration limit) {
    timeLimit =
        TimeLimit.start(
            limit,
            () -> {
              if (state.expire(limit)) {
                cancel();
              }
            });
  }

  private void unlimit() {
    TimeLimit current = timeLimit;
    if (current != null) {
      current.close();
    }
  }

  private void unblock() {
    OutputEnds current = ends;
    if (current != null) {
      current.unblock();
    }
    GuardedListener packets = listener;
    if (packets != null) {
      packets.call().giveUp();
    }
  }

  void opened(EncodingSession newSession) {
    session = newSession;
    ends().opened(newSession);
    if (state.isCancelled()) {
      newSession.cancel();
    }
  }

  /** After a refused open; the backend has freed its part. */
  void refused() {
    unlimit();
    OutputEnds current = ends;
    if (current != null) {
      current.withdraw();
    }
    ends = null;
    session = null;
  }

  /** The container is complete: nothing stays open until close(). */
  void finished() {
    complete = true;
    release();
  }

  void salvage() throws IOException {
    EncodingSession current = session;
    if (current != null) {
      current.salvage();
    }
  }

  /** Called once the state is CANCELLED. Waits for nothing. */
  public void cancel() {
    EncodingSession current = session;
    if (current != null) {
      current.cancel();
    }
    unblock();
    tracker.releaseWhenEmpty(this::free, this::inBackground);
  }

  /** Frees everything as soon as no thread is inside. */
  void release() {
    tracker.releaseWhenEmpty(this::free, Runnable::run);
  }

  /**
   * Encoders end their threads before they are freed, some only after the frames in progress:
   * tenths of a second that cancel() need not wait.
   */
  private void inBackground(Runnable free) {
    giveUpOutputs();
    if (session == null) {
      free.run();
      return;
    }
    Thread thread = new Thread(free, "reelmux-release");
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      free.run();
    }
  }

  /** Waits for the end of a release that has begun, but not for threads that are still inside. */
  void awaitRelease() {
    boolean interrupted = false;
    while (tracker.isReleased() && freed.getCount() > 0) {
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

  private void free() {
    unlimit();
    try {
      giveUpOutputs();
    } finally {
      try {
        EncodingSession current = session;
        if (current != null) {
          current.release();
        }
      } finally {
        freed.countDown();
      }
    }
  }

  private void giveUpOutputs() {
    OutputEnds current = ends;
    if (current != null) {
      current.giveUp(complete, state.isCancelled());
    }
  }

  /** The encoder has been closed: nothing is left to reclaim. */
  void dismiss() {
    dismissed = true;
  }

  /** Returns whether the encoder has been closed. */
  public boolean isDismissed() {
    return dismissed;
  }

  /** Called by the cleaner: the encoder was never closed. Its file is left as after a crash. */
  public void reclaim() {
    if (session == null || dismissed || tracker.isReleased()) {
      return;
    }
    System.getLogger("io.reelmux")
        .log(
            System.Logger.Level.WARNING,
            "an encoder was never closed: its memory is freed, its file is not completed",
            createdAt);
    // freeing some encoders can block, which must not stop the cleaner
    Thread reclaimer = new Thread(this::release, "reelmux-reclaim");
    reclaimer.setDaemon(true);
    reclaimer.start();
  }
}
