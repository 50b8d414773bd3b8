package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What the programs of {@link ColdBenchmark} have in common. */
final class ColdStep {

  /** The line of a report; the JVM itself prints other lines, such as warnings. */
  static final String REPORT = ".";

  private ColdStep() {}

  /** Reads the next frame; false at the end of the file. */
  static boolean read(FileChannel frames, ByteBuffer pixels) throws IOException {
    pixels.position(0);
    while (pixels.hasRemaining()) {
      if (frames.read(pixels) < 0) {
        return false;
      }
    }
    pixels.position(0);
    return true;
  }

  /**
   * Tells the benchmark that a step is done, and waits until it has read the CPU time of this
   * process: to read it here would load classes that the program does not need.
   */
  static void report() throws IOException {
    System.out.println(REPORT);
    System.out.flush();
    System.in.read();
  }
}
