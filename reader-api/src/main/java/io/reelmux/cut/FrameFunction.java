package io.reelmux.cut;

import io.reelmux.VideoFrame;
import java.io.IOException;
import java.io.Serializable;

/** Returns the frames of a video by their numbers. Called by several threads at once. */
@FunctionalInterface
public interface FrameFunction extends Serializable {

  /**
   * Returns a frame.
   *
   * @param number the number of the frame in the video, from 0
   * @return the frame, without a time of its own
   * @throws IOException if it cannot be made or read
   */
  VideoFrame frame(long number) throws IOException;
}
