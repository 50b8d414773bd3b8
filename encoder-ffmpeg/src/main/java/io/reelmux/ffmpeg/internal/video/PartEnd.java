package io.reelmux.ffmpeg.internal.video;

import io.reelmux.TimeBase;
import io.reelmux.VideoOptions;
import java.time.Duration;

/**
 * Where a part of a video ends: frames beyond it are only looked at. The first of them is a key
 * frame that nothing refers across, so that the packets of the part come before all others. A frame
 * lasts one tick. Used by one thread.
 */
final class PartEnd {
  private final long frames;
  private long taken;

  private PartEnd(long frames) {
    this.frames = frames;
  }

  /** Returns the end that a stream's options set, or one that never comes. */
  static PartEnd of(VideoOptions options) {
    return new PartEnd(options.partFrames().orElse(Long.MAX_VALUE));
  }

  /** Returns whether a frame is the first one beyond the part. */
  boolean isEnd(long number) {
    return number == frames;
  }

  /** Counts a packet, and returns whether it is of the part. */
  boolean take(long pts) {
    boolean own = pts < frames;
    if (own) {
      taken++;
    }
    return own;
  }

  /** Returns whether all packets of the part have been taken. */
  boolean isOver() {
    return taken >= frames;
  }

  /** Returns how long the part is, if as much has been added. */
  Duration limit(Duration added, TimeBase timeBase) {
    if (frames == Long.MAX_VALUE) {
      return added;
    }
    Duration whole = timeBase.toDuration(frames);
    return added.compareTo(whole) > 0 ? whole : added;
  }
}
