package io.reelmux.cuda.internal.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Properties of a GPU, as far as the driver bindings are available.
 *
 * @param name the vendor's product name
 * @param memoryBytes size of the GPU's memory
 * @param driver version of the driver
 */
public record GpuProperties(String name, OptionalLong memoryBytes, String driver) {

  /** Version of the kernel module on Linux. */
  private static final Path MODULE_VERSION = Path.of("/sys/module/nvidia/version");

  /** The number of GPUs; empty if the bindings are missing or the driver does not work. */
  public static OptionalInt count() {
    int[] count = new int[1];
    return works() && Cuda.cuDeviceGetCount(count) == CUDA_SUCCESS
        ? OptionalInt.of(count[0])
        : OptionalInt.empty();
  }

  /** The properties of a GPU; those that cannot be queried are unknown. */
  public static GpuProperties of(int index) {
    if (!works()) {
      return new GpuProperties("CUDA device " + index, OptionalLong.empty(), moduleVersion());
    }
    int[] device = new int[1];
    byte[] name = new byte[256];
    boolean found = Cuda.cuDeviceGet(device, index) == CUDA_SUCCESS;
    boolean named = found && Cuda.cuDeviceGetName(name, name.length, device[0]) == CUDA_SUCCESS;
    return new GpuProperties(
        named ? text(name) : "CUDA device " + index,
        found ? memory(device[0]) : OptionalLong.empty(),
        version());
  }

  private static boolean works() {
    return DriverApi.unavailableReason() == null && Cuda.cuInit(0) == CUDA_SUCCESS;
  }

  private static OptionalLong memory(int device) {
    try (SizeTPointer bytes = new SizeTPointer(1)) {
      return Cuda.cuDeviceTotalMem(bytes, device) == CUDA_SUCCESS
          ? OptionalLong.of(bytes.get())
          : OptionalLong.empty();
    }
  }

  private static String version() {
    int[] version = new int[1];
    String module = moduleVersion();
    if (Cuda.cuDriverGetVersion(version) != CUDA_SUCCESS) {
      return module;
    }
    String cuda = "CUDA " + version[0] / 1000 + "." + version[0] % 1000 / 10;
    return module.isEmpty() ? cuda : module + " (" + cuda + ")";
  }

  private static String moduleVersion() {
    try {
      return Files.readString(MODULE_VERSION).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(byte[] name) {
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    return new String(name, 0, length, UTF_8);
  }
}
