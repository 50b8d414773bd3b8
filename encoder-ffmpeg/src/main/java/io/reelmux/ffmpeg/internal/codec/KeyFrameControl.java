package io.reelmux.ffmpeg.internal.codec;

/** How far the caller decides which frames of an encoder are key frames; each includes the last. */
enum KeyFrameControl {
  /** Not at all, unless all of them are. */
  NONE,
  /** Their maximum distance. */
  DISTANCE,
  /** Frames that are marked as key frames. */
  FORCED,
  /** Exactly which: it adds none of its own. */
  EXACT
}
