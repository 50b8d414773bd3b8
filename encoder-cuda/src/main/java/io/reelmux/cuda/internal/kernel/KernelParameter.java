package io.reelmux.cuda.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Owns the parameter of a launch in native memory: the struct {@code FrameParameter} of frame.cuh,
 * and the array with one pointer to it that a launch expects. The driver copies it during the
 * launch, so the next one can overwrite it.
 */
final class KernelParameter implements AutoCloseable {
  private static final int BYTES = 136;

  private static final int SOURCE = 0;
  private static final int LUMA = 24;
  private static final int CHROMA = 32;
  private static final int LUMA_OFFSET = 40;
  private static final int CHROMA_OFFSET = 48;
  private static final int SOURCE_PITCH = 56;
  private static final int LUMA_PITCH = 68;
  private static final int CHROMA_PITCH = 72;
  private static final int MATRIX = 76;
  private static final int SHIFT = 112;
  private static final int MAXIMUM = 116;
  private static final int SAMPLE_SHIFT = 120;
  private static final int WIDTH = 124;
  private static final int HEIGHT = 128;
  private static final int ALIGNMENT = 132;

  /** No kernel reads more bytes at once. */
  private static final int MAX_READ = 16;

  private final BytePointer memory;
  private final PointerPointer<BytePointer> pointers;
  private final ByteBuffer fields;

  KernelParameter() {
    memory = new BytePointer(BYTES);
    Pointer.memset(memory, 0, BYTES);
    pointers = new PointerPointer<BytePointer>(1).put(0, memory);
    fields = memory.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** The argument {@code kernelParams} of {@code cuLaunchKernel}. */
  PointerPointer<BytePointer> pointers() {
    return pointers;
  }

  void size(int width, int height) {
    fields.putInt(WIDTH, width).putInt(HEIGHT, height);
  }

  void source(long[] planes, long[] pitches) {
    long bits = MAX_READ;
    for (int plane = 0; plane < planes.length; plane++) {
      fields.putLong(SOURCE + 8 * plane, planes[plane]);
      fields.putInt(SOURCE_PITCH + 4 * plane, Math.toIntExact(pitches[plane]));
      bits |= planes[plane] | pitches[plane];
    }
    fields.putInt(ALIGNMENT, (int) Long.lowestOneBit(bits));
  }

  void target(SurfaceTarget target) {
    fields.putLong(LUMA, target.luma()).putLong(CHROMA, target.chroma());
    fields.putInt(LUMA_PITCH, Math.toIntExact(target.lumaPitch()));
    fields.putInt(CHROMA_PITCH, Math.toIntExact(target.chromaPitch()));
    fields.putInt(SAMPLE_SHIFT, target.bits() == 10 ? 1 : 0);
    fields.putInt(MAXIMUM, (1 << target.bits()) - 1);
  }

  /**
   * Sets the color conversion.
   *
   * @param blueFirst whether the kernel reads blue before red
   */
  void colors(Coefficients coefficients, int shift, boolean blueFirst) {
    row(0, coefficients.luma(), blueFirst);
    row(1, coefficients.u(), blueFirst);
    row(2, coefficients.v(), blueFirst);
    fields.putLong(LUMA_OFFSET, coefficients.lumaOffset());
    fields.putLong(CHROMA_OFFSET, coefficients.chromaOffset());
    fields.putInt(SHIFT, shift);
  }

  private void row(int row, int[] coefficients, boolean blueFirst) {
    for (int column = 0; column < 3; column++) {
      int component = blueFirst ? 2 - column : column;
      fields.putInt(MATRIX + 4 * (3 * row + column), coefficients[component]);
    }
  }

  @Override
  public void close() {
    pointers.close();
    memory.close();
  }
}
