package io.reelmux.reader;

import io.reelmux.Encoder;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Ends a run of a {@link Transcoder} from any thread, whatever it has opened by then. */
final class Cancellation {
  private final Object monitor = new Object();
  private @Nullable MediaReader reading;
  private @Nullable Encoder writing;
  private boolean canceled;

  /** Whether a run has opened its input. */
  boolean hasStarted() {
    synchronized (monitor) {
      return reading != null;
    }
  }

  /**
   * Called when the input has been opened.
   *
   * @throws CancellationException if the run has been canceled
   */
  void started(MediaReader in) {
    synchronized (monitor) {
      reading = in;
      requireRunning();
    }
  }

  /**
   * Called before the encoder is opened: {@link #cancel} must find it.
   *
   * @throws CancellationException if the run has been canceled
   */
  void started(Encoder out) {
    synchronized (monitor) {
      writing = out;
      requireRunning();
    }
  }

  private void requireRunning() {
    if (canceled) {
      throw new CancellationException("the transcoder has been canceled");
    }
  }

  /** Cancels what runs, and what starts later. */
  void cancel() {
    MediaReader in;
    Encoder out;
    synchronized (monitor) {
      canceled = true;
      in = reading;
      out = writing;
    }
    if (in != null) {
      in.cancel();
    }
    if (out != null) {
      out.cancel();
    }
  }
}
