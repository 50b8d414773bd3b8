package io.reelmux.cuda.internal.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Owns the parameter of a launch in native memory: the struct {@code FrameParameter} of
 * picture.cuh, and the array of one pointer to it that a launch takes. The driver copies it during
 * the launch, so it is written anew for the next.
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
  private static final int DEEP = 120;
  private static final int WIDTH = 124;
  private static final int HEIGHT = 128;
  private static final int ALIGNMENT = 132;

  /** No kernel reads wider. */
  private static final int WIDEST_READ = 16;

  private final BytePointer memory;
  private final PointerPointer<BytePointer> pointers;
  private final ByteBuffer fields;

  KernelParameter() {
    memory = new BytePointer(BYTES);
    Pointer.memset(memory, 0, BYTES);
    pointers = new PointerPointer<BytePointer>(1).put(0, memory);
    fields = memory.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** What {@code cuLaunchKernel} calls kernelParams. */
  PointerPointer<BytePointer> pointers() {
    return pointers;
  }

  void size(int width, int height) {
    fields.putInt(WIDTH, width).putInt(HEIGHT, height);
  }

  void source(long[] planes, long[] pitches) {
    long bits = WIDEST_READ;
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
    fields.putInt(DEEP, target.bits() == 10 ? 1 : 0);
    fields.putInt(MAXIMUM, (1 << target.bits()) - 1);
  }

  /**
   * The conversion of colours.
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
