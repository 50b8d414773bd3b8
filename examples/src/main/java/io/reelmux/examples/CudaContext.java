package io.reelmux.examples;

import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;

import java.io.IOException;
import org.bytedeco.cuda.cudart.CUctx_st;

/**
 * The primary context of a GPU, current on the thread that opened it until that closes it. Reelmux
 * uses the same context, so both see the same memory.
 */
final class CudaContext implements AutoCloseable {
  private final int device;

  private CudaContext(int device) {
    this.device = device;
  }

  /**
   * Opens the context of a GPU.
   *
   * @param ordinal number of the GPU
   * @throws IOException if the driver or Bytedeco's binding of it cannot be loaded, or refuses
   */
  static CudaContext open(int ordinal) throws IOException {
    int[] device = new int[1];
    try {
      CudaCall.check(cuInit(0), "cuInit");
    } catch (LinkageError e) {
      throw new IOException(
          "the binding of the CUDA driver cannot be loaded, docs/cuda.md says what it needs: "
              + e.getMessage(),
          e);
    }
    CudaCall.check(cuDeviceGet(device, ordinal), "cuDeviceGet");
    CUctx_st context = new CUctx_st();
    CudaCall.check(cuDevicePrimaryCtxRetain(context, device[0]), "cuDevicePrimaryCtxRetain");
    int code = cuCtxPushCurrent(context);
    if (code != 0) {
      cuDevicePrimaryCtxRelease(device[0]);
    }
    CudaCall.check(code, "cuCtxPushCurrent");
    return new CudaContext(device[0]);
  }

  /** {@return a new CUDA stream of this context} */
  CudaStream newStream() throws IOException {
    return CudaStream.create();
  }

  /** {@return new memory of this GPU} */
  CudaMemory allocate(long bytes) throws IOException {
    return CudaMemory.allocate(bytes);
  }

  @Override
  public void close() throws IOException {
    int popped = cuCtxPopCurrent(new CUctx_st());
    int released = cuDevicePrimaryCtxRelease(device);
    CudaCall.check(popped, "cuCtxPopCurrent");
    CudaCall.check(released, "cuDevicePrimaryCtxRelease");
  }
}
