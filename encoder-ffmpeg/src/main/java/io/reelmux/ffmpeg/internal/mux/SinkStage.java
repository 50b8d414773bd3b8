package io.reelmux.ffmpeg.internal.mux;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a {@link Sink} does with the muxer's bytes in one phase of a file. */
interface SinkStage {

  /** Writes all bytes at a position, to which {@link #seek} has moved. */
  void write(long position, ByteBuffer bytes) throws IOException;

  /** Moves the position. */
  void seek(long position) throws IOException;

  /** Reads at a position. */
  int read(long position, ByteBuffer bytes) throws IOException;

  /**
   * Writes everything that is held back, and completes the destination.
   *
   * @param end length of the container, where the destination's position is left
   */
  void complete(long end) throws IOException;
}
