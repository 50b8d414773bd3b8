package io.reelmux;

/** The caller's memory may be a mapped file, and a file may shrink while it is read. */
final class MappedMemory {

  /** Always 1. Not a constant, or the compiler would lay the arrays out by itself. */
  private static volatile int size = 1;

  private MappedMemory() {}

  /**
   * Makes a fault of a read that has just been made come out here.
   *
   * <p>Note [a fault is reported late]. The JVM survives a fault in its own copy, and throws an
   * {@link InternalError} for it, but only when the thread next enters the JVM's runtime: after the
   * picture has been encoded, or in the caller's code. An array of arrays whose size is not known
   * to the compiler is made by the runtime in interpreted and compiled code alike; it costs about
   * as much as three small allocations.
   *
   * @return nothing of interest
   * @throws InternalError if memory was read that is gone
   */
  static int[][] raiseFault() {
    int length = size;
    return new int[length][length];
  }
}
