package io.reelmux.spi;

import io.reelmux.OutputState;
import java.io.IOException;
import java.util.Optional;

/** One output of an {@link EncodingSession}. All methods may be called from any thread. */
public interface OutputControl {

  /**
   * Returns its state.
   *
   * @return the state, which may change at any time
   */
  OutputState state();

  /**
   * Returns why it failed.
   *
   * @return the first failure; empty unless FAILED
   */
  Optional<Throwable> failure();

  /**
   * Returns the bytes that were passed to the destination.
   *
   * @return the bytes; 0 without a container
   */
  long bytes();

  /**
   * Returns the bytes of the packets that wait to be written.
   *
   * @return the bytes
   */
  long waiting();

  /**
   * Returns how many packets were dropped because the buffer was full.
   *
   * @return the number of packets
   */
  long dropped();

  /**
   * Returns whether it is written by a thread of its own, which ends with {@link
   * OutputEvents#ended}.
   *
   * @return false if it is written by the thread that feeds the encoder
   */
  boolean hasThread();

  /**
   * Completes the output, without those packets that are still in encoders, and waits for it.
   *
   * @throws IOException if it fails or has failed
   */
  void finish() throws IOException;

  /**
   * Ends it at once; what was written is left as it is. Waits for nothing.
   *
   * @return false if it had ended before
   */
  boolean cancel();

  /**
   * Ends it with a failure that was found out elsewhere: a call of the destination is overdue. Has
   * no effect on an output that is written by the thread that feeds the encoder, which finds out
   * itself.
   *
   * @param failure the failure
   */
  void fail(Throwable failure);
}
