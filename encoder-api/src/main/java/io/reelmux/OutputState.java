package io.reelmux;

/** The state of an {@link Output} of an open encoder. */
public enum OutputState {
  /** Attached, and waiting for the key frame that it starts with. */
  STARTING,

  /** Being written. */
  RUNNING,

  /** Being completed: it receives no more packets. */
  FINISHING,

  /** Complete. */
  FINISHED,

  /** Ended by {@link OutputHandle#failure}. */
  FAILED,

  /** Canceled by {@link OutputHandle#cancel} or {@link Encoder#cancel}. */
  CANCELLED
}
