package io.reelmux.internal;

import io.reelmux.EncodingResult;
import io.reelmux.VideoFrame;
import io.reelmux.spi.EncoderBackend;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.OutputControl;
import io.reelmux.spi.OutputRequest;
import io.reelmux.spi.SessionRequest;
import io.reelmux.spi.VideoInput;
import java.io.IOException;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of an encoder: refuses a thread that is already inside, takes the locks, checks
 * the state, and only then does the work. docs/concurrency.md lists which lock guards what.
 */
public final class EncoderCalls {
  private final EncoderState state;
  private final EncoderResources resources;
  private final Supplier<List<StreamSlot>> slots;
  private final ReentrantLock openLock = new ReentrantLock();

  /** Whether something has been added to a stream. */
  private volatile boolean added;

  /**
   * For one encoder.
   *
   * @param slots its streams at present, in the order of the container
   */
  public EncoderCalls(
      EncoderState state, EncoderResources resources, Supplier<List<StreamSlot>> slots) {
    this.state = state;
    this.resources = resources;
    this.slots = slots;
  }

  /**
   * Opens a session; a refusal leaves destination and state as they were.
   *
   * @param connect connects the streams to the session; no stream is added from OPENING on
   */
  public void open(
      EncoderBackend backend,
      OutputEnds ends,
      @Nullable GuardedListener listener,
      @Nullable Duration deadline,
      @Nullable Duration timeLimit,
      Supplier<SessionRequest> request,
      Consumer<EncodingSession> connect)
      throws IOException {
    resources.refuseInside("open");
    openLock.lock();
    try {
      // first, so that a cancel() from now on leaves the release to this thread
      resources.tracker().enter("open");
      try {
        SessionRequest opening = state.startOpening(request);
        openNow(backend, ends, listener, deadline, timeLimit, opening, connect);
      } finally {
        resources.tracker().leave();
      }
    } finally {
      openLock.unlock();
    }
  }

  private void openNow(
      EncoderBackend backend,
      OutputEnds ends,
      @Nullable GuardedListener listener,
      @Nullable Duration deadline,
      @Nullable Duration timeLimit,
      SessionRequest request,
      Consumer<EncodingSession> connect)
      throws IOException {
    try {
      resources.opening(ends, listener);
      if (timeLimit != null) {
        resources.limit(timeLimit);
      }
      ends.check(deadline);
      state.requireNotCancelled("open");
      EncodingSession session = backend.open(request);
      resources.opened(session);
      connect.accept(session);
      state.opened();
    } catch (IOException | RuntimeException | Error e) {
      refused(e);
      throw e;
    }
  }

  /** Checks what {@link #open} checks; destination and state remain as they were. */
  public void check(
      EncoderBackend backend,
      OutputEnds ends,
      @Nullable Duration deadline,
      Supplier<SessionRequest> request)
      throws IOException {
    resources.refuseInside("check()");
    openLock.lock();
    try {
      resources.tracker().enter("check()");
      try {
        SessionRequest checked = state.startOpening(request);
        checkNow(backend, ends, deadline, checked);
      } finally {
        resources.tracker().leave();
      }
    } finally {
      openLock.unlock();
    }
  }

  private void checkNow(
      EncoderBackend backend, OutputEnds ends, @Nullable Duration deadline, SessionRequest request)
      throws IOException {
    try {
      resources.opening(ends, null);
      ends.check(deadline);
      state.requireNotCancelled("check()");
      backend.check(request);
      state.requireNotCancelled("check()");
    } catch (IOException | RuntimeException | Error e) {
      refused(e);
      throw e;
    }
    resources.refused();
    state.openRefused();
  }

  /** Adds an output while the encoder is open; a refusal leaves everything as it was. */
  public void attach(
      OutputEnd end,
      @Nullable Duration deadline,
      Supplier<OutputRequest> request,
      Consumer<OutputControl> connect)
      throws IOException {
    List<ReentrantLock> locks = lockAll("attach()");
    try {
      resources.tracker().enter("attach()");
      try {
        state.requireOpen("attach()");
        connect.accept(attachNow(end, deadline, request.get()));
      } finally {
        resources.tracker().leave();
      }
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
  }

  private OutputControl attachNow(OutputEnd end, @Nullable Duration deadline, OutputRequest request)
      throws IOException {
    OutputEnds ends = resources.ends();
    ends.add(end);
    OutputControl attached;
    try {
      ends.checkLast(deadline);
      attached = resources.session().attach(request);
    } catch (IOException | RuntimeException | Error e) {
      ends.withdrawLast();
      state.requireNotCancelled("attach()", e);
      throw e;
    }
    ends.attached(attached);
    state.requireNotCancelled("attach()");
    return attached;
  }

  private void refused(Throwable cause) {
    state.requireNotCancelled("open", cause);
    if (cause instanceof CancellationException && state.isCancelled()) {
      return;
    }
    // before the state: the next attempt must not find this one's file
    resources.refused();
    state.openRefused();
  }

  /**
   * Begins a call of a stream, which must be followed by {@link #leave}.
   *
   * @throws IllegalStateException if the call is illegal now; it has not begun then
   */
  public void begin(StreamSlot slot, String call) {
    enter(slot, call);
    try {
      requireOpen(slot, call);
    } catch (RuntimeException | Error e) {
      leave(slot);
      throw e;
    }
  }

  /** Adds a frame in a call that has begun; a failure ends the encoder. No garbage per frame. */
  public void add(VideoInput input, VideoFrame frame) throws IOException {
    try {
      input.add(frame);
    } catch (IOException | RuntimeException | Error e) {
      state.failed("addFrame()", e);
      throw e;
    }
    state.requireNotCancelled("addFrame()");
    added = true;
  }

  /** As {@link #run}, for work that adds something to a stream. */
  public void add(String call, ThrowingRunnable<IOException> work) throws IOException {
    run(call, work);
    added = true;
  }

  /** Does the work of a call that has begun; a failure ends the encoder. */
  public void run(String call, ThrowingRunnable<IOException> work) throws IOException {
    try {
      work.run();
    } catch (IOException | RuntimeException | Error e) {
      state.failed(call, e);
      throw e;
    }
    state.requireNotCancelled(call);
  }

  /** Ends a call that {@link #begin} began. */
  public void leave(StreamSlot slot) {
    try {
      resources.tracker().leave();
    } finally {
      slot.lock().unlock();
      // refers to the encoder, which must not be reclaimed during a call
      Reference.reachabilityFence(slots);
    }
  }

  /** Ends a stream; a second call does nothing. */
  public void end(StreamSlot slot, ThrowingRunnable<IOException> work) throws IOException {
    end(slot, () -> {}, work);
  }

  /**
   * Ends a stream; a second call does nothing.
   *
   * @param check may refuse the call, and leaves the stream as it is then
   */
  public void end(StreamSlot slot, Runnable check, ThrowingRunnable<IOException> work)
      throws IOException {
    enter(slot, "end()");
    try {
      state.requireOpen("end()");
      if (!slot.ended()) {
        check.run();
        slot.markEnded();
        run("end()", work);
      }
    } finally {
      leave(slot);
    }
  }

  /** Refuses a call of a stream that cannot accept more. */
  public void requireOpen(StreamSlot slot, String call) {
    state.requireOpen(call);
    if (slot.ended()) {
      throw new IllegalStateException(call + " was called on " + slot + " after its end()");
    }
  }

  /** Refuses a call unless the encoder is open. */
  public void requireOpen(String call) {
    state.requireOpen(call);
  }

  /** Refuses a thread that is inside a destination or listener of the encoder. */
  public void refuseInside(String call) {
    resources.refuseInside(call);
  }

  private void enter(StreamSlot slot, String call) {
    resources.refuseInside(call);
    slot.lock().lock();
    try {
      resources.tracker().enter(call);
    } catch (RuntimeException | Error e) {
      slot.lock().unlock();
      throw e;
    }
  }

  /** Completes the container, and frees everything. */
  public EncodingResult finish() throws IOException {
    List<ReentrantLock> locks = lockAll("finish()");
    try {
      return finishLocked();
    } finally {
      locks.forEach(ReentrantLock::unlock);
    }
  }

  /**
   * Completes the container if it is open, completes what it can after a failure, and frees.
   *
   * @return whether this call has finished the container
   */
  public boolean close() throws IOException {
    try {
      if (state.isCancelled()) {
        // a thread that is still blocked in the destination frees the rest
        closed();
        return false;
      }
      return closeLocked();
    } finally {
      // a cancel() before or during this call may be freeing on a thread of its own
      resources.awaitRelease();
    }
  }

  private boolean closeLocked() throws IOException {
    List<ReentrantLock> locks = lockAll("close()");
    try {
      return finishOrSalvage();
    } finally {
      try {
        closed();
      } finally {
        locks.forEach(ReentrantLock::unlock);
      }
    }
  }

  private void closed() {
    state.closed();
    try {
      resources.release();
    } finally {
      resources.dismiss();
    }
  }

  private boolean finishOrSalvage() throws IOException {
    try {
      if (!state.isOpen() || mustKeepOld()) {
        return false;
      }
      finishLocked();
      return true;
    } finally {
      salvageIfFailed();
    }
  }

  /** Whether completing would replace a file by an empty one, which nobody has asked for. */
  private boolean mustKeepOld() {
    return !added && resources.ends().keepOld();
  }

  private void salvageIfFailed() {
    if (!state.hasFailed() || mustKeepOld()) {
      return;
    }
    resources.tracker().enter("close()");
    try {
      resources.salvage();
    } catch (IOException | RuntimeException | Error e) {
      // the first failure has been thrown, or is about to be
      state.failedAgain(e);
    } finally {
      resources.tracker().leave();
    }
  }

  private EncodingResult finishLocked() throws IOException {
    resources.tracker().enter("finish()");
    try {
      state.requireOpen("finish()");
      EncodingResult result = resources.session().finish();
      state.finished(result);
      resources.finished();
      return result;
    } catch (IOException | RuntimeException | Error e) {
      state.failed("finish()", e);
      throw e;
    } finally {
      resources.tracker().leave();
    }
  }

  /** Waits until open has returned and no stream is being fed. */
  private List<ReentrantLock> lockAll(String call) {
    resources.refuseInside(call);
    List<ReentrantLock> locks = new ArrayList<>();
    locks.add(openLock);
    openLock.lock();
    for (StreamSlot slot : slots.get()) {
      slot.lock().lock();
      locks.add(slot.lock());
    }
    return locks;
  }
}
