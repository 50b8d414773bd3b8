package io.reelmux.internal;

import io.reelmux.FragmentListener;
import io.reelmux.PacketListener;
import io.reelmux.SegmentStore;
import io.reelmux.spi.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The caller's end of an output: a destination, a store, or a listener. */
public final class OutputEnd {
  private final @Nullable HostDestination destination;
  private final @Nullable GuardedListener listener;
  private final @Nullable GuardedSegmentStore store;
  private final @Nullable GuardedFragmentListener fragments;
  private final InterruptibleCall call;
  private boolean given;

  private OutputEnd(
      @Nullable HostDestination destination,
      @Nullable GuardedListener listener,
      @Nullable GuardedSegmentStore store,
      @Nullable GuardedFragmentListener fragments,
      InterruptibleCall call) {
    this.destination = destination;
    this.listener = listener;
    this.store = store;
    this.fragments = fragments;
    this.call = call;
  }

  /** An end that receives bytes. */
  public static OutputEnd of(HostDestination destination) {
    return new OutputEnd(destination, null, null, null, destination.call());
  }

  /** An end that receives packets. */
  public static OutputEnd of(GuardedListener listener) {
    return new OutputEnd(null, listener, null, null, listener.call());
  }

  /** An end that receives segments. */
  public static OutputEnd of(GuardedSegmentStore store) {
    return new OutputEnd(null, null, store, null, store.call());
  }

  /** An end that receives fragments. */
  public static OutputEnd of(GuardedFragmentListener listener) {
    return new OutputEnd(null, null, null, listener, listener.call());
  }

  /** Returns the destination of an end that receives bytes. */
  public Destination destination() {
    return Objects.requireNonNull(destination, "destination");
  }

  /** Returns the listener of an end that receives packets. */
  public PacketListener listener() {
    return Objects.requireNonNull(listener, "listener");
  }

  /** Returns the store of an end that receives segments. */
  public SegmentStore store() {
    return Objects.requireNonNull(store, "store");
  }

  /** Returns the listener of an end that receives fragments. */
  public FragmentListener fragments() {
    return Objects.requireNonNull(fragments, "fragments");
  }

  /** Checks what can be checked without changing anything. */
  void check(@Nullable Duration deadline) throws IOException {
    call.limit(deadline);
    if (destination != null) {
      destination.check();
    }
    if (store != null) {
      store.claim();
    }
  }

  /** Sets who is told, on a thread of its own, that a call exceeds the deadline and goes on. */
  void onOverdue(Consumer<InterruptedIOException> action) {
    call.onOverdue(action);
  }

  /** Interrupts the thread that is inside the caller's code, and admits no more. */
  void unblock() {
    call.giveUp();
  }

  /** Whether the calling thread is inside the caller's code. */
  boolean isInside() {
    return call.isInside();
  }

  /** Whether it holds what existed before the encoding. */
  boolean keepsOld() {
    return destination != null && destination.keepsOld();
  }

  /** After a refused open: removes what was created, and keeps what existed before. */
  void withdraw() {
    if (destination != null) {
      destination.withdraw();
    }
    releaseStore();
  }

  private void releaseStore() {
    if (store != null) {
      store.release();
    }
  }

  /**
   * Closes what the encoder opened, once; called when no thread is inside.
   *
   * @param complete whether it has been completed: there is nothing to do then
   * @param cancelled whether an incomplete file is deleted
   */
  synchronized void giveUp(boolean complete, boolean cancelled) {
    releaseStore();
    if (given || complete || destination == null) {
      return;
    }
    given = true;
    if (cancelled) {
      destination.discard();
    } else {
      destination.abandon();
    }
  }
}
