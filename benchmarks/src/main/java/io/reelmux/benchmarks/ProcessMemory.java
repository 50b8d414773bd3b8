package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says about this process's memory. Linux only. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /** Bytes of this process in memory now. */
  static long resident() throws IOException {
    return bytes("VmRSS:");
  }

  /** Most bytes of this process in memory so far. */
  static long peak() throws IOException {
    return bytes("VmHWM:");
  }

  private static long bytes(String field) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IOException(STATUS + " has no " + field);
  }
}
