package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** A way to read a file. */
@FunctionalInterface
interface ReadLoop {

  /** Opens the file, reads from it, closes it, and returns how many frames it has read. */
  int read(Path file) throws IOException;
}
