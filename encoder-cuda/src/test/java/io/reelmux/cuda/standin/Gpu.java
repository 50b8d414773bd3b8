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
 * Memory of a board in its primary context, which is left current nowhere: the caller's side of
 * pictures on a board.
 */
final class Gpu implements AutoCloseable {
  private final CUctx_st context = new CUctx_st();
  private final CUctx_st popped = new CUctx_st();
  private final int[] device = new int[1];
  private final long address;
  private final int index;

  /** Room on board 0 for these bytes, filled with them. */
  Gpu(byte[] bytes) {
    this(0, bytes);
  }

  /** Room on a board for these bytes, filled with them. */
  Gpu(int index, byte[] bytes) {
    this.index = index;
    check(cuInit(0));
    check(cuDeviceGet(device, index));
    // as FFmpeg wants it of a primary context that it is to share
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

  /** Does something in the context. */
  void run(Runnable work) {
    enter();
    work.run();
    leave();
  }

  /** Makes the context current on the calling thread. */
  void enter() {
    check(cuCtxPushCurrent(context));
  }

  /** Ends what {@link #enter} began. */
  void leave() {
    check(cuCtxPopCurrent(popped));
  }

  /** Pictures one after another as NV12 without padding. */
  static byte[] bytes(Yuv[] pictures) {
    int frameBytes = pictures[0].luma().length + pictures[0].chroma().length;
    byte[] bytes = new byte[frameBytes * pictures.length];
    int at = 0;
    for (Yuv picture : pictures) {
      for (short sample : picture.luma()) {
        bytes[at++] = (byte) sample;
      }
      for (short sample : picture.chroma()) {
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
