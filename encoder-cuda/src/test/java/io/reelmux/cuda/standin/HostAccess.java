package io.reelmux.cuda.standin;

import static org.bytedeco.cuda.global.cudart.cuCtxPushCurrent;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A program that can read device memory as if it were host memory. */
final class HostAccess {
  private HostAccess() {}

  /** Runs the program in another process, and returns its output. */
  static String inAnotherProcess(String argument) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-Dreelmux.native=" + Standin.folder(),
            "-cp",
            System.getProperty("java.class.path"),
            HostAccess.class.getName(),
            argument);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
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
