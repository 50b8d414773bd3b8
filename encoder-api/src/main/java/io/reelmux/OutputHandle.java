package io.reelmux;

import io.reelmux.spi.OutputControl;
import java.io.IOException;
import java.util.Optional;

/**
 * An {@link Output} of an open encoder. Thread-safe; stays readable after the encoder has ended.
 */
public final class OutputHandle {
  private final String name;
  private final OutputControl control;
  private final Runnable unblock;
  private final Runnable refuseInside;

  OutputHandle(String name, OutputControl control, Runnable unblock, Runnable refuseInside) {
    this.name = name;
    this.control = control;
    this.unblock = unblock;
    this.refuseInside = refuseInside;
  }

  /** {@return the name of the output, unique in its encoder} */
  public String name() {
    return name;
  }

  /** {@return the state, which may change at any time} */
  public OutputState state() {
    return control.state();
  }

  /** {@return why it failed: the exception of its destination, unchanged; empty unless FAILED} */
  public Optional<Throwable> failure() {
    return control.failure();
  }

  /** {@return the bytes that were passed to the destination so far; 0 without a container} */
  public long bytes() {
    return control.bytes();
  }

  /** {@return the bytes of packets that wait to be written} */
  public long waiting() {
    return control.waiting();
  }

  /** {@return how many packets were dropped so far because the buffer was full} */
  public long dropped() {
    return control.dropped();
  }

  /**
   * Completes this output while the encoder goes on, and waits until it is complete. Frames that
   * are still in an encoder are not in it. Has no effect on a finished output.
   *
   * @throws IllegalStateException if it was canceled, or if called from inside a destination or
   *     listener of the same encoder
   * @throws IOException if it fails or has failed
   */
  public void finish() throws IOException {
    refuseInside.run();
    control.finish();
  }

  /**
   * Ends this output at once while the encoder goes on; waits for nothing. A thread blocked inside
   * its destination is interrupted, and a file that the encoder opened is deleted. Has no effect on
   * an output that has ended.
   */
  public void cancel() {
    if (control.cancel()) {
      unblock.run();
    }
  }

  /** {@code OutputHandle[talk.mp4, RUNNING]}. */
  @Override
  public String toString() {
    return "OutputHandle[" + name + ", " + state() + "]";
  }
}
