package io.reelmux;

import java.io.Serializable;

/**
 * The device that converts and encodes the frames of a video stream.
 *
 * @param kind the type of processor
 * @param index the ordinal among devices of this kind, from 0; always 0 for the CPU
 */
public record Device(Kind kind, int index) implements Serializable {

  /** The type of processor. */
  public enum Kind {
    /** The host CPU and its memory. */
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
   * Returns the host CPU.
   *
   * @return the CPU
   */
  public static Device cpu() {
    return CPU;
  }

  /**
   * Returns the first NVIDIA GPU.
   *
   * @return CUDA device 0
   */
  public static Device cuda() {
    return cuda(0);
  }

  /**
   * Returns the NVIDIA GPU with this CUDA ordinal.
   *
   * @param index the ordinal, 0 or more
   * @return the device
   * @throws IllegalArgumentException if the index is negative
   */
  public static Device cuda(int index) {
    return new Device(Kind.CUDA, index);
  }

  /**
   * Returns whether this is an NVIDIA GPU.
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
