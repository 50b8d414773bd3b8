package io.reelmux.examples;

import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;

import java.io.IOException;

/** Owns memory of a GPU. */
final class CudaMemory implements AutoCloseable {
  private final long pointer;

  private CudaMemory(long pointer) {
    this.pointer = pointer;
  }

  /** Allocates in the current context. */
  static CudaMemory allocate(long bytes) throws IOException {
    long[] pointer = new long[1];
    CudaCall.check(cuMemAlloc(pointer, bytes), "cuMemAlloc");
    return new CudaMemory(pointer[0]);
  }

  /** {@return address in the GPU's memory; the host cannot read there} */
  long pointer() {
    return pointer;
  }

  @Override
  public void close() throws IOException {
    CudaCall.check(cuMemFree(pointer), "cuMemFree");
  }
}
