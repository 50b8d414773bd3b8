package io.reelmux.cuda.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoH;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoD;

import org.bytedeco.javacpp.BytePointer;

/** Owns device memory for a test, and host memory of the same size to fill and read it. */
final class DeviceBuffer implements AutoCloseable {
  private static final int PAGE = 4096;

  private final long address;
  private final int size;
  private final BytePointer host;

  /** Allocates whole pages, so that on the stand-in an access outside either end faults. */
  DeviceBuffer(int minSize) {
    size = (minSize + PAGE - 1) / PAGE * PAGE;
    host = new BytePointer(size);
    long[] result = new long[1];
    check(cuMemAlloc(result, size));
    address = result[0];
  }

  long address() {
    return address;
  }

  int size() {
    return size;
  }

  /** Copies bytes to an address inside this memory. */
  void upload(long to, byte[] bytes) {
    host.position(0).put(bytes);
    check(cuMemcpyHtoD(to, host, bytes.length));
  }

  /** Returns the first bytes. */
  byte[] download(int count) {
    byte[] bytes = new byte[count];
    check(cuMemcpyDtoH(host.position(0), address, count));
    host.get(bytes);
    return bytes;
  }

  static void check(int code) {
    assertThat(code).isEqualTo(CUDA_SUCCESS);
  }

  @Override
  public void close() {
    check(cuMemFree(address));
    host.close();
  }
}
