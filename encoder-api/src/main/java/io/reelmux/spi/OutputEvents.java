package io.reelmux.spi;

/**
 * What happens to the outputs of a session that have a thread of their own. Outputs are numbered in
 * the order of {@link SessionRequest#outputs}, and on with those attached. Called by any thread;
 * throws nothing.
 */
public interface OutputEvents {

  /**
   * An output has failed.
   *
   * @param output number of the output
   * @param failure why
   */
  void failed(int output, Throwable failure);

  /**
   * An output drops packets from now on.
   *
   * @param output number of the output
   */
  void overflowed(int output);

  /**
   * An output drops no more packets.
   *
   * @param output number of the output
   * @param dropped the packets dropped since it overflowed
   */
  void recovered(int output, long dropped);

  /**
   * The destination or listener of an output is not called anymore. The last event of an output.
   *
   * @param output number of the output
   * @param complete whether it is complete
   * @param cancelled whether it was canceled, so that what it has written is of no use
   */
  void ended(int output, boolean complete, boolean cancelled);
}
