package io.reelmux.internal;

import io.reelmux.PacketListener;
import io.reelmux.spi.Destination;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The caller's end of an output: a destination, or a listener for packets. */
public final class OutputEnd {
  private final @Nullable HostDestination destination;
  private final @Nullable GuardedListener listener;
  private final InterruptibleCall call;
  private boolean given;

  private OutputEnd(
      @Nullable HostDestination destination,
      @Nullable GuardedListener listener,
      InterruptibleCall call) {
    this.destination = destination;
    this.listener = listener;
    this.call = call;
  }

  /** An end that receives bytes. */
  public static OutputEnd of(HostDestination destination) {
    return new OutputEnd(destination, null, destination.call());
  }

  /** An end that receives packets. */
  public static OutputEnd of(GuardedListener listener) {
    return new OutputEnd(null, listener, listener.call());
  }

  /** Returns the destination of an end that receives bytes. */
  public Destination destination() {
    return Objects.requireNonNull(destination, "destination");
  }

  /** Returns the listener of an end that receives packets. */
  public PacketListener listener() {
    return Objects.requireNonNull(listener, "listener");
  }

  /** Checks what can be checked without changing anything. */
  void check(@Nullable Duration deadline) throws IOException {
    call.limit(deadline);
    if (destination != null) {
      destination.check();
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

  /** After a refused open: removes what was created, and keeps what existed before. */
  void withdraw() {
    if (destination != null) {
      destination.withdraw();
    }
  }

  /**
   * Closes what the encoder opened, once; called when no thread is inside.
   *
   * @param complete whether it has been completed: there is nothing to do then
   * @param cancelled whether an incomplete file is deleted
   */
  synchronized void giveUp(boolean complete, boolean cancelled) {
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
