package io.reelmux;

/**
 * Is told at once what happens to one of several outputs. Called on the thread that found it out:
 * that of the output, that which feeds the encoder, or that of a deadline; calls may overlap. It
 * must return soon, and must not call the encoder, except for {@link Encoder#cancel}; it may use
 * the handle, except for {@link OutputHandle#finish}. What it throws is logged.
 */
public interface OutputListener {

  /**
   * An output has failed; the others go on, unless it was required or the last one.
   *
   * @param output the output
   * @param failure the exception of its destination or listener, unchanged, or of the library
   */
  default void onFailure(OutputHandle output, Throwable failure) {}

  /**
   * The buffer of an output is full, and packets are dropped from now on.
   *
   * @param output the output, with {@link Overflow#DROP_TO_KEY_FRAME}
   */
  default void onOverflow(OutputHandle output) {}

  /**
   * An output goes on with a key frame, after {@link #onOverflow}.
   *
   * @param output the output
   * @param dropped how many packets were dropped in between
   */
  default void onRecovery(OutputHandle output, long dropped) {}
}
