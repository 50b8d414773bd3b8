package io.reelmux.reader.internal;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A call in progress: whether it must end, and whether its thread is inside the source, so that it
 * can be interrupted there, and only there.
 */
final class RunningCall {

  /** Why a call must end. */
  enum End {
    CANCELED("the reader has been canceled"),
    CLOSED("it was closed by another thread"),
    EXPIRED("the deadline has passed");

    private final String words;

    End(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private final String name;
  private final Thread thread = Thread.currentThread();
  private @Nullable End end;
  private boolean inSource;
  private boolean interrupted;
  private @Nullable Throwable sourceFailure;

  /** A call of the current thread. */
  RunningCall(String name) {
    this.name = name;
  }

  /** Makes the call end as soon as possible. From any thread; the first reason counts. */
  synchronized void end(End why) {
    if (end == null) {
      end = why;
    }
    // a source that ends its own call is not blocked
    if (inSource && thread != Thread.currentThread()) {
      thread.interrupt();
      interrupted = true;
    }
  }

  synchronized @Nullable End end() {
    return end;
  }

  /** Throws if the call must end. */
  synchronized void check() {
    if (end != null) {
      throw new CancellationException(name + ": " + end.words());
    }
  }

  synchronized void enterSource() {
    check();
    inSource = true;
  }

  synchronized void leaveSource() {
    inSource = false;
    if (interrupted) {
      interrupted = false;
      // our interrupt must not outlive the source that it was meant for
      Thread.interrupted();
    }
  }

  /** Keeps what the source threw: the library may take it for the end of the file. */
  synchronized void sourceFailed(Throwable cause) {
    if (sourceFailure == null) {
      sourceFailure = cause;
    }
  }

  synchronized @Nullable Throwable sourceFailure() {
    return sourceFailure;
  }

  /** {@code frame()}. */
  @Override
  public String toString() {
    return name;
  }
}
