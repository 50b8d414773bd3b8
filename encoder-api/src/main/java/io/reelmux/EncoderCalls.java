package io.reelmux;

import io.reelmux.spi.EncoderBackend;
import io.reelmux.spi.EncodingSession;
import io.reelmux.spi.SessionRequest;
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
final class EncoderCalls {
  private final EncoderState state;
  private final EncoderResources resources;
  private final Supplier<List<StreamGate>> gates;
  private final ReentrantLock openLock = new ReentrantLock();

  /**
   * For one encoder.
   *
   * @param gates its streams at present, in the order of the container
   */
  EncoderCalls(EncoderState state, EncoderResources resources, Supplier<List<StreamGate>> gates) {
    this.state = state;
    this.resources = resources;
    this.gates = gates;
  }

  /**
   * Opens a session; a refusal leaves destination and state as they were.
   *
   * @param connect connects the streams to the session; no stream is added from OPENING on
   */
  void open(
      EncoderBackend backend,
      @Nullable HostDestination destination,
      @Nullable GuardedListener listener,
      @Nullable Duration deadline,
      Supplier<SessionRequest> request,
      Consumer<EncodingSession> connect)
      throws IOException {
    resources.gate().refuseInside("open");
    openLock.lock();
    try {
      // first, so that a cancel() from now on leaves the release to this thread
      resources.gate().enter("open");
      try {
        SessionRequest opening = state.startOpening(request);
        openNow(backend, destination, listener, deadline, opening, connect);
      } finally {
        resources.gate().leave();
      }
    } finally {
      openLock.unlock();
    }
  }

  private void openNow(
      EncoderBackend backend,
      @Nullable HostDestination destination,
      @Nullable GuardedListener listener,
      @Nullable Duration deadline,
      SessionRequest request,
      Consumer<EncodingSession> connect)
      throws IOException {
    try {
      resources.opening(destination, listener);
      if (destination != null) {
        destination.limit(deadline);
        destination.check();
      }
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
  void begin(StreamGate gate, String call) {
    enter(gate, call);
    try {
      requireOpen(gate, call);
    } catch (RuntimeException | Error e) {
      leave(gate);
      throw e;
    }
  }

  /** Does the work of a call that has begun; a failure ends the encoder. */
  void run(String call, ThrowingRunnable<IOException> work) throws IOException {
    try {
      work.run();
    } catch (IOException | RuntimeException | Error e) {
      state.failed(call, e);
      throw e;
    }
    state.requireNotCancelled(call);
  }

  /** Ends a call that {@link #begin} began. */
  void leave(StreamGate gate) {
    try {
      resources.gate().leave();
    } finally {
      gate.lock().unlock();
      // refers to the encoder, which must not be reclaimed during a call
      Reference.reachabilityFence(gates);
    }
  }

  /** Ends a stream; a second call does nothing. */
  void end(StreamGate gate, ThrowingRunnable<IOException> work) throws IOException {
    enter(gate, "end()");
    try {
      state.requireOpen("end()");
      if (!gate.ended()) {
        gate.markEnded();
        run("end()", work);
      }
    } finally {
      leave(gate);
    }
  }

  /** Refuses a call of a stream that cannot accept more. */
  void requireOpen(StreamGate gate, String call) {
    state.requireOpen(call);
    if (gate.ended()) {
      throw new IllegalStateException(call + " was called on " + gate + " after its end()");
    }
  }

  private void enter(StreamGate gate, String call) {
    resources.gate().refuseInside(call);
    gate.lock().lock();
    try {
      resources.gate().enter(call);
    } catch (RuntimeException | Error e) {
      gate.lock().unlock();
      throw e;
    }
  }

  /** Completes the container, and frees everything. */
  EncodingResult finish() throws IOException {
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
  boolean close() throws IOException {
    if (state.isCancelled()) {
      // a thread that is still blocked in the destination frees the rest
      closed();
      resources.awaitRelease();
      return false;
    }
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
    resources.release();
    resources.dismiss();
  }

  private boolean finishOrSalvage() throws IOException {
    try {
      if (!state.isOpen()) {
        return false;
      }
      finishLocked();
      return true;
    } finally {
      salvageIfFailed();
    }
  }

  private void salvageIfFailed() {
    if (!state.hasFailed()) {
      return;
    }
    resources.gate().enter("close()");
    try {
      resources.salvage();
    } catch (IOException | RuntimeException | Error e) {
      // the first failure has been thrown, or is about to be
      state.failedAgain(e);
    } finally {
      resources.gate().leave();
    }
  }

  private EncodingResult finishLocked() throws IOException {
    resources.gate().enter("finish()");
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
      resources.gate().leave();
    }
  }

  /** Waits until open has returned and no stream is being fed. */
  private List<ReentrantLock> lockAll(String call) {
    resources.gate().refuseInside(call);
    List<ReentrantLock> locks = new ArrayList<>();
    locks.add(openLock);
    openLock.lock();
    for (StreamGate gate : gates.get()) {
      gate.lock().lock();
      locks.add(gate.lock());
    }
    return locks;
  }
}
