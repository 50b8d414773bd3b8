package io.reelmux.spi;

import io.reelmux.AudioSamples;
import io.reelmux.VideoFrame;
import io.reelmux.internal.MemoryAccess;
import java.nio.ByteBuffer;

/**
 * Reads the host memory of the caller's frames and samples. All reads are made by the JVM, which
 * checks bounds and survives a mapped file that shrinks meanwhile.
 */
public final class HostMemory {

  private HostMemory() {}

  /**
   * Returns whether the pixels have no alpha although their layout has: those of an image of {@link
   * java.awt.image.BufferedImage#TYPE_INT_RGB}, for example. Their alpha is undefined.
   *
   * @param frame the frame
   * @return whether alpha is to be ignored
   */
  public static boolean isOpaque(VideoFrame frame) {
    return MemoryAccess.opaque().test(frame);
  }

  /**
   * Copies rows of a plane. Bytes between the end of a row and the stride are left unchanged or
   * overwritten with the caller's padding; the alpha of an {@linkplain #isOpaque opaque} frame is
   * undefined.
   *
   * @param frame the frame
   * @param plane index of the plane
   * @param row index of the first row
   * @param rows number of rows, at least 1
   * @param target receives the rows; must hold {@code (rows - 1) * stride} bytes plus one row
   * @param position index of the first byte in {@code target}
   * @param stride number of bytes from row to row in {@code target}
   * @throws IndexOutOfBoundsException if the plane does not have these rows
   */
  public static void copyRows(
      VideoFrame frame, int plane, int row, int rows, ByteBuffer target, int position, int stride) {
    MemoryAccess.frames().copyRows(frame, plane, row, rows, target, position, stride);
  }

  /**
   * Copies samples, interleaved and in native byte order. Values of 24 bits become 32-bit integers
   * whose lower eight bits are 0. Floats are not changed; if another thread writes the caller's
   * memory meanwhile, they need not be finite.
   *
   * @param samples the samples
   * @param from index of the first sample
   * @param count number of samples
   * @param target receives {@code count * channels} values, from index 0 on; its position does not
   *     change
   * @throws IndexOutOfBoundsException if the range exceeds the samples
   */
  public static void copyInterleaved(AudioSamples samples, int from, int count, ByteBuffer target) {
    MemoryAccess.samples().copyInterleaved(samples, from, count, target);
  }
}
