package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** One way to encode a ring of pictures that is already in memory. */
interface EncodeLoop {

  /** An encoding into a file; complete once it has been closed. */
  interface Running extends AutoCloseable {

    /** Encodes the next frame: the picture at this place of the ring. */
    void add(int picture) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Starts an encoding of an MP4 file. */
  Running start(Path file) throws IOException;
}
