package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ffmpeg.internal.container.ContainerOptions;

/**
 * How a track of a fragmented MP4 starts.
 *
 * @param shift ticks to add to the times of all its packets
 * @param edit its edit list
 */
record MovStart(long shift, MovEdit edit) {

  /**
   * Returns the start of a track.
   *
   * <p>In a file that stays fragmented the fragments themselves say when a stream starts, since
   * browsers ignore a delay in an edit list; their times cannot be negative. In a crash-safe file
   * the first fragment is at 0, and the edit list delays it.
   *
   * @param first the track's first packet, in its ticks
   */
  static MovStart of(PacketTimes first, ContainerOptions mode) {
    long reordering = mode.negativeOffsets() ? 0 : first.pts() - first.dts();
    long before = Math.max(0, -first.pts());
    return mode.absoluteFragments()
        ? new MovStart(before, new MovEdit(0, reordering + before))
        : new MovStart(0, new MovEdit(Math.max(0, first.pts()), reordering + before));
  }
}
