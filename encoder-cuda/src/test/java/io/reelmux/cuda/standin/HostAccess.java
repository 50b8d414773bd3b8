package io.reelmux.cuda.standin;

import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;

import io.reelmux.testing.ChildJvm;
import io.reelmux.testing.Standin;
import java.time.Duration;
import java.util.List;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A program that can read device memory as if it were host memory. */
final class HostAccess {
  private HostAccess() {}

  /** What it says before it ends. */
  static String inAnotherProcess(String what) {
    ChildJvm.Result result =
        ChildJvm.of(HostAccess.class)
            .jvm("-Xmx64m", "-XX:ErrorFile=/dev/null", "-Dreelmux.native=" + Standin.folder())
            .with(what)
            .run(Duration.ofMinutes(2));
    return result.out() + result.err();
  }

  /** Reads a byte of device memory if the argument is {@code read}. */
  public static void main(String[] arguments) {
    for (String name : List.of("libcudart.so.13", "libcuda.so.1")) {
      System.load(Standin.folder().resolve(name).toString());
    }
    CUctx_st context = new CUctx_st();
    long[] memory = new long[1];
    int failed =
        cuInit(0)
            | cuDevicePrimaryCtxRetain(context, 0)
            | cuCtxPushCurrent(context)
            | cuMemAlloc(memory, 1);
    System.out.println(failed == 0 ? "allocated" : "refused");
    if (arguments[0].equals("read")) {
      Pointer.memcpy(new BytePointer(1), new DeviceAddress(memory[0]), 1);
    }
    System.out.println("alive");
  }

  /** A pointer to an address. */
  private static final class DeviceAddress extends Pointer {
    DeviceAddress(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }
}
