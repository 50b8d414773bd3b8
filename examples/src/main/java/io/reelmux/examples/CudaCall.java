package io.reelmux.examples;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Return codes of the CUDA driver. */
final class CudaCall {

  private CudaCall() {}

  /**
   * Checks a return code.
   *
   * @param function the driver's function, for the message
   * @throws IOException if the code is not success
   */
  static void check(int code, String function) throws IOException {
    if (code != CUDA_SUCCESS) {
      throw new IOException(function + " returned " + name(code));
    }
  }

  private static String name(int code) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      return cuGetErrorName(code, name) == CUDA_SUCCESS
          ? name.get(BytePointer.class, 0).getString()
          : "error " + code;
    }
  }
}
