package io.reelmux.internal;

/** Reports faults in the caller's memory, which may be a mapped file that shrinks while in use. */
public final class MappedMemory {

  /** Always 1. Not a constant, or the compiler would allocate the arrays inline. */
  private static volatile int size = 1;

  private MappedMemory() {}

  /**
   * Throws here, and not later, if a preceding read faulted.
   *
   * <p>Note [a fault is reported late]. The JVM survives a fault in its own copy, and throws an
   * {@link InternalError} for it, but only when the thread next enters the JVM's runtime: after the
   * frame has been encoded, or in the caller's code. An array of arrays whose size the compiler
   * does not know is allocated by the runtime, in interpreted and compiled code alike, at the cost
   * of about three small allocations.
   *
   * @return a value to be ignored
   * @throws InternalError if memory was read that no longer exists
   */
  public static int[][] raiseFault() {
    int length = size;
    return new int[length][length];
  }
}
