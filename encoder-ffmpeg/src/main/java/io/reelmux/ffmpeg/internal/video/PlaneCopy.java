package io.reelmux.ffmpeg.internal.video;

import io.reelmux.VideoFrame;

/** Copies rows of a plane of the caller's frame to a plane in our memory. */
interface PlaneCopy extends AutoCloseable {

  /** Copies all rows. */
  void copy(VideoFrame frame, int sourcePlane, int rows, StagingFrame target, int plane);

  /** Returns a copy that changes nothing. */
  static PlaneCopy unchanged() {
    return (frame, sourcePlane, rows, target, plane) ->
        target.copyRows(frame, sourcePlane, 0, rows, plane);
  }

  @Override
  default void close() {}
}
