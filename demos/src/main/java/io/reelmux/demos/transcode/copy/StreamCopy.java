package io.reelmux.demos.transcode.copy;

import java.io.IOException;

/** Copies the frames of one stream from its reader to the encoder. */
interface StreamCopy {

  /** {@return when the next frame begins, in seconds from the start} */
  double seconds();

  /**
   * Encodes the next frame.
   *
   * @return false if it was the last, and the stream has ended
   */
  boolean copyFrame() throws IOException;
}
