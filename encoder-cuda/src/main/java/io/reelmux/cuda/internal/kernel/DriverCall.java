package io.reelmux.cuda.internal.kernel;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;

import io.reelmux.EncoderException;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Every return code of the driver that the kernels get passes through here. */
final class DriverCall {
  private DriverCall() {}

  /**
   * Checks a return code.
   *
   * @param operation what was being done, for the message: "could not ..."
   * @param function the driver's function
   * @throws EncoderException if the code is not success
   */
  static void check(int code, String operation, String function) throws EncoderException {
    if (code != CUDA_SUCCESS) {
      throw new EncoderException(
          operation, null, code, function + " returned " + name(code), List.of(), null);
    }
  }

  private static String name(int code) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      boolean known = cuGetErrorName(code, name) == CUDA_SUCCESS;
      BytePointer text = known ? name.get(BytePointer.class, 0) : null;
      return text == null || text.isNull() ? "an unknown error" : text.getString();
    }
  }
}
