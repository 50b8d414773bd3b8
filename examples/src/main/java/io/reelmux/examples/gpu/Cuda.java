package io.reelmux.examples.gpu;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemsetD2D8Async;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUstream_st;

/**
 * The calls of the CUDA driver that {@link EncodeOnGpu} needs, on the primary context of a GPU,
 * which Reelmux uses too. The context is current on the thread that opened it until it is closed.
 */
final class Cuda implements AutoCloseable {
  private final int device;
  private final CUstream_st stream;
  private final List<Long> memory = new ArrayList<>();

  private Cuda(int device, CUstream_st stream) {
    this.device = device;
    this.stream = stream;
  }

  /** Opens the primary context of a GPU, and creates a CUDA stream in it. */
  static Cuda open(int ordinal) throws IOException {
    int[] device = new int[1];
    CUctx_st context = new CUctx_st();
    CUstream_st stream = new CUstream_st();
    check(cuInit(0), "cuInit");
    check(cuDeviceGet(device, ordinal), "cuDeviceGet");
    check(cuDevicePrimaryCtxRetain(context, device[0]), "cuDevicePrimaryCtxRetain");
    check(cuCtxPushCurrent(context), "cuCtxPushCurrent");
    check(cuStreamCreate(stream, CU_STREAM_NON_BLOCKING), "cuStreamCreate");
    return new Cuda(device[0], stream);
  }

  /** Returns the address of new memory of the GPU, which {@link #close} frees. */
  long allocate(long bytes) throws IOException {
    long[] address = new long[1];
    check(cuMemAlloc(address, bytes), "cuMemAlloc");
    memory.add(address[0]);
    return address[0];
  }

  /** Queues filling a rectangle with a byte value. */
  void fill(long address, int pitch, int value, int columns, int rows) throws IOException {
    check(
        cuMemsetD2D8Async(address, pitch, (byte) value, columns, rows, stream),
        "cuMemsetD2D8Async");
  }

  /** {@return the address of the CUDA stream} */
  long stream() {
    return stream.address();
  }

  @Override
  public void close() throws IOException {
    for (long address : memory) {
      check(cuMemFree(address), "cuMemFree");
    }
    check(cuStreamDestroy(stream), "cuStreamDestroy");
    check(cuCtxPopCurrent(new CUctx_st()), "cuCtxPopCurrent");
    check(cuDevicePrimaryCtxRelease(device), "cuDevicePrimaryCtxRelease");
  }

  private static void check(int code, String function) throws IOException {
    if (code != CUDA_SUCCESS) {
      throw new IOException(function + " returned CUDA error " + code);
    }
  }
}
