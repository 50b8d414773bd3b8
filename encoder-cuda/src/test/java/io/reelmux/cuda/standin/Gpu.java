package io.reelmux.cuda.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuCtxPopCurrent;
import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRelease;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxSetFlags;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoD;

import io.reelmux.Device;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory of a GPU in its primary context, which is not left current on any thread: the caller's
 * side of frames on a GPU.
 */
final class Gpu implements AutoCloseable {
  private final CUctx_st context = new CUctx_st();
  private final CUctx_st popped = new CUctx_st();
  private final int[] device = new int[1];
  private final long address;
  private final int index;

  /** Copies these bytes to new memory on GPU 0. */
  Gpu(byte[] bytes) {
    this(0, bytes);
  }

  /** Copies these bytes to new memory on a GPU. */
  Gpu(int index, byte[] bytes) {
    this.index = index;
    check(cuInit(0));
    check(cuDeviceGet(device, index));
    // FFmpeg requires this flag of a primary context that it shares
    check(cuDevicePrimaryCtxSetFlags(device[0], 4));
    check(cuDevicePrimaryCtxRetain(context, device[0]));
    long[] result = new long[1];
    run(
        () -> {
          check(cuMemAlloc(result, bytes.length));
          try (BytePointer host = new BytePointer(bytes)) {
            check(cuMemcpyHtoD(result[0], host, bytes.length));
          }
        });
    address = result[0];
  }

  Device device() {
    return Device.cuda(index);
  }

  long address() {
    return address;
  }

  /** Runs work in the context. */
  void run(Runnable work) {
    enter();
    work.run();
    leave();
  }

  /** Makes the context current on the calling thread. */
  void enter() {
    check(cuCtxPushCurrent(context));
  }

  /** Reverts {@link #enter}. */
  void leave() {
    check(cuCtxPopCurrent(popped));
  }

  /** Frames one after another as NV12 without padding. */
  static byte[] bytes(Yuv[] frames) {
    int frameBytes = frames[0].luma().length + frames[0].chroma().length;
    byte[] bytes = new byte[frameBytes * frames.length];
    int at = 0;
    for (Yuv frame : frames) {
      for (short sample : frame.luma()) {
        bytes[at++] = (byte) sample;
      }
      for (short sample : frame.chroma()) {
        bytes[at++] = (byte) sample;
      }
    }
    return bytes;
  }

  private static void check(int code) {
    assertThat(code).isEqualTo(CUDA_SUCCESS);
  }

  @Override
  public void close() {
    run(() -> check(cuMemFree(address)));
    check(cuDevicePrimaryCtxRelease(device[0]));
  }
}
