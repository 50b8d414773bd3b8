package io.reelmux.cut;

import java.io.IOException;
import java.util.OptionalInt;

/** Thrown when a chunk, the audio or a joined video is not what its result or plan says. */
public final class CutException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  private final int chunk;

  CutException(Chunk chunk, String message) {
    super(chunk + ": " + message);
    this.chunk = chunk.index();
  }

  CutException(String message) {
    super(message);
    this.chunk = NONE;
  }

  /**
   * {@return the index of the chunk that is to be encoded again; empty for the audio and a joined
   * video}
   */
  public OptionalInt chunk() {
    return chunk == NONE ? OptionalInt.empty() : OptionalInt.of(chunk);
  }
}
