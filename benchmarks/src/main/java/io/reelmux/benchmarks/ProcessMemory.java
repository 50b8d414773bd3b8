package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process, as the kernel reports it. Linux only. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /** Returns the current resident memory in bytes. */
  static long resident() throws IOException {
    return bytes("VmRSS:");
  }

  /** Returns the peak resident memory in bytes. */
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
