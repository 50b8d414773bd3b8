package io.reelmux.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** A way to encode a ring of frames that is already in memory. Several threads may start it. */
interface EncodeLoop {

  /** An encoding, which is complete once this is closed. */
  interface Running extends AutoCloseable {

    /** Encodes the frame at the given index of the ring. */
    void add(int index) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Starts encoding an MP4 file. */
  Running start(Path file) throws IOException;

  /** Starts encoding an MP4 file in memory, which is dropped. */
  Running startInMemory() throws IOException;
}
