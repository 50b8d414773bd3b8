package io.reelmux.reader.internal;

import io.reelmux.internal.Deadline;
import io.reelmux.reader.DamagedFrameException;
import io.reelmux.reader.LimitException;
import io.reelmux.reader.internal.RunningCall.End;
import io.reelmux.reader.spi.MediaSession;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of a reader and its streams: refuses a thread that is already inside, acquires the
 * lock, checks the state, watches the deadline, and decides what a failure means.
 *
 * <p>Everything public holds this object. Once it is unreachable, the reader has been forgotten.
 */
public final class ReaderCalls {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Lifecycle lifecycle;
  private final @Nullable Duration deadline;

  /** The caller's source, which the lifecycle refers to only weakly. */
  private final @Nullable Object source;

  /**
   * The calls of one reader.
   *
   * @param source the caller's source, if there is one: remains reachable as long as this object
   */
  public ReaderCalls(Lifecycle lifecycle, @Nullable Duration deadline, @Nullable Object source) {
    this.lifecycle = lifecycle;
    this.deadline = deadline;
    this.source = source;
    CLEANER.register(this, lifecycle::reclaim);
  }

  /** Opens the file. */
  public MediaSession open(Part file, Work<MediaSession> work) throws IOException {
    return call(
        file,
        "open",
        () -> {
          MediaSession session = work.run();
          lifecycle.opened(session);
          return session;
        });
  }

  /** Inside of a call: makes the reader release what has been opened. */
  public void add(Part part, Runnable release) {
    lifecycle.add(part, release);
  }

  /**
   * Runs a call.
   *
   * @param name {@code frame()}, for messages
   */
  public <T> T call(Part part, String name, Work<T> work) throws IOException {
    lifecycle.refuseInside(name);
    part.lock().lock();
    try {
      RunningCall call = lifecycle.enter(part, name);
      try {
        return watched(part, call, work);
      } finally {
        lifecycle.leave(part);
      }
    } finally {
      part.lock().unlock();
      Reference.reachabilityFence(source);
      Reference.reachabilityFence(this);
    }
  }

  private <T> T watched(Part part, RunningCall call, Work<T> work) throws IOException {
    Duration limit = deadline;
    if (limit == null) {
      return checked(part, call, work);
    }
    Deadline watch = Deadline.watch(limit, () -> call.end(End.EXPIRED));
    try {
      return checked(part, call, work);
    } finally {
      watch.close();
    }
  }

  private <T> T checked(Part part, RunningCall call, Work<T> work) throws IOException {
    try {
      T result = work.run();
      Throwable failure = call.sourceFailure();
      if (failure != null) {
        throw raise(failure);
      }
      End end = call.end();
      if (end == End.CANCELED || end == End.CLOSED) {
        call.check();
      }
      return result;
    } catch (IOException | RuntimeException | Error e) {
      throw raise(explain(part, call, e));
    }
  }

  /** Returns what the call throws, and lets the part fail if it is a failure. */
  private Throwable explain(Part part, RunningCall call, Throwable thrown) {
    End end = call.end();
    if (end == End.CANCELED || end == End.CLOSED) {
      return canceled(call, end, thrown);
    }
    Throwable failure = end == End.EXPIRED ? expired(part, call, thrown) : ofSource(call, thrown);
    if (end == End.EXPIRED || call.sourceFailure() != null || !isMistake(failure)) {
      lifecycle.failed(part, failure);
    }
    return failure;
  }

  private LimitException expired(Part part, RunningCall call, Throwable thrown) {
    return new LimitException(
        "complete " + call,
        part.toString(),
        "deadline",
        "it took longer than " + deadline + "; Limits.deadline allows more",
        thrown);
  }

  private static Throwable ofSource(RunningCall call, Throwable thrown) {
    Throwable failure = call.sourceFailure();
    if (failure == null) {
      return thrown;
    }
    if (failure != thrown && thrown.getCause() != failure) {
      failure.addSuppressed(thrown);
    }
    return failure;
  }

  private static boolean isMistake(Throwable thrown) {
    return thrown instanceof IndexOutOfBoundsException
        || thrown instanceof IllegalArgumentException
        || thrown instanceof IllegalStateException
        || thrown instanceof DamagedFrameException;
  }

  private static CancellationException canceled(RunningCall call, End end, Throwable cause) {
    CancellationException canceled = new CancellationException(call + ": " + end.words());
    canceled.initCause(cause);
    return canceled;
  }

  private static RuntimeException raise(Throwable thrown) throws IOException {
    if (thrown instanceof IOException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) thrown;
  }

  /**
   * Runs work that needs no open reader, such as a question about what was read, unless its part
   * has been released.
   *
   * @param released answers then
   */
  public <T> T ask(Part part, Work<T> work, Work<T> released) throws IOException {
    lifecycle.refuseInside("report()");
    part.lock().lock();
    try {
      if (!lifecycle.enterToAsk(part)) {
        return released.run();
      }
      try {
        return work.run();
      } finally {
        lifecycle.leave(part);
      }
    } finally {
      part.lock().unlock();
      Reference.reachabilityFence(this);
    }
  }

  /** Closes a part. */
  public void close(Part part) {
    try {
      lifecycle.close(part);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Closes everything. */
  public void close() {
    try {
      lifecycle.close();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Ends running and later calls. */
  public void cancel() {
    try {
      lifecycle.cancel();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The state of the reader. */
  @Override
  public String toString() {
    return lifecycle.toString();
  }
}
