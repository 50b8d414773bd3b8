package io.reelmux;

/** What an output does when its buffer is full, because it writes more slowly than is encoded. */
public enum Overflow {
  /** The call that feeds the encoder waits. Nothing is lost, and all outputs are slowed down. */
  WAIT,

  /**
   * Packets are dropped, of all streams of this output, until the next key frame for which there is
   * room. The other outputs are not slowed down. {@link OutputResult#droppedPackets} counts them.
   */
  DROP_TO_KEY_FRAME,

  /** The output fails. The other outputs are not slowed down. */
  FAIL
}
