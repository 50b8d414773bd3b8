package io.reelmux.cuda.internal.kernel;

import java.nio.file.Path;

/** The kernels' source as compiled for the host, started by the stand-in driver. */
class ColorKernelsStandinTest extends ColorKernels {
  static {
    String folder = System.getProperty("reelmux.native");
    System.load(Path.of(folder, "libcudart.so.13").toString());
    System.load(Path.of(folder, "libcuda.so.1").toString());
  }
}
