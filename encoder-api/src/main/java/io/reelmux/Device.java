package io.reelmux;

/**
 * Where the pictures of a video stream are converted and encoded.
 *
 * @param kind processor type
 * @param index number of the board among its kind, from 0; always 0 for the CPU
 */
public record Device(Kind kind, int index) {

  /** Processor types. */
  public enum Kind {
    /** The host's processor and memory. */
    CPU,
    /** An NVIDIA GPU. */
    CUDA
  }

  private static final Device CPU = new Device(Kind.CPU, 0);

  /**
   * Checks the index.
   *
   * @throws IllegalArgumentException if the index is negative, or not 0 for the CPU
   */
  public Device {
    if (index < 0 || (kind == Kind.CPU && index != 0)) {
      throw new IllegalArgumentException(
          "device index " + index + ": must be 0 for the CPU, 0 or more for CUDA");
    }
  }

  /**
   * The host's processor.
   *
   * @return the CPU
   */
  public static Device cpu() {
    return CPU;
  }

  /**
   * The first NVIDIA GPU.
   *
   * @return CUDA device 0
   */
  public static Device cuda() {
    return cuda(0);
  }

  /**
   * An NVIDIA GPU by its CUDA ordinal.
   *
   * @param index the ordinal, 0 or more
   * @return the device
   * @throws IllegalArgumentException if the index is negative
   */
  public static Device cuda(int index) {
    return new Device(Kind.CUDA, index);
  }

  /**
   * Whether this is an NVIDIA GPU.
   *
   * @return true for {@link Kind#CUDA}
   */
  public boolean isCuda() {
    return kind == Kind.CUDA;
  }

  /** {@return {@code cpu} or {@code cuda:0}} */
  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + index;
  }
}
