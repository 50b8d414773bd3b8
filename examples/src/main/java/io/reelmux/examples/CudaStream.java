package io.reelmux.examples;

import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamDestroy;

import java.io.IOException;
import org.bytedeco.cuda.cudart.CUstream_st;

/** Owns a CUDA stream: a queue of work, done in order, beside that of other streams. */
final class CudaStream implements AutoCloseable {
  private final CUstream_st stream = new CUstream_st();

  private CudaStream() {}

  /** Makes a stream in the current context. */
  static CudaStream create() throws IOException {
    CudaStream made = new CudaStream();
    CudaCall.check(cuStreamCreate(made.stream, CU_STREAM_NON_BLOCKING), "cuStreamCreate");
    return made;
  }

  /** {@return for calls of the driver} */
  CUstream_st handle() {
    return stream;
  }

  /** {@return for Reelmux} */
  long address() {
    return stream.address();
  }

  @Override
  public void close() throws IOException {
    CudaCall.check(cuStreamDestroy(stream), "cuStreamDestroy");
  }
}
