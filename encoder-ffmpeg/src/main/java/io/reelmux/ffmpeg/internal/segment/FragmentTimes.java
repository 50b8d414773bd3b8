package io.reelmux.ffmpeg.internal.segment;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * When the fragments of a stream are shown: each starts where the one before it ends. Times are
 * those of presentation, in ticks.
 */
final class FragmentTimes {
  private boolean begun;
  private boolean reorders;
  private long delay;

  /** Of the fragment that has ended. */
  private long start;

  /** Of the fragment that has ended, at which the current one starts. */
  private long end;

  /** When the last of the fragment's frames ends. */
  private long shownUntil;

  /** How long all of its frames last. */
  private long shown;

  /** Adds a packet to the fragment. */
  void add(AVPacket packet) {
    if (!begun) {
      begun = true;
      delay = packet.pts() - packet.dts();
      // an edit list cuts the priming of audio
      end = Math.max(0, packet.pts());
      shownUntil = end;
    }
    reorders |= packet.pts() - packet.dts() != delay;
    shownUntil = Math.max(shownUntil, packet.pts() + packet.duration());
    shown += packet.duration();
  }

  /** Returns whether all frames so far are shown before those from a packet on. */
  boolean areAllShownBefore(AVPacket next) {
    return isInOrder(next) || (next.pts() >= shownUntil && end + shown == shownUntil);
  }

  private boolean isInOrder(AVPacket next) {
    return !reorders && next.pts() - next.dts() == delay;
  }

  /** Ends the fragment before a packet. */
  void endBefore(AVPacket next, boolean key) {
    // frames that are shown before a frame that is not a key frame may follow it
    endAt(key || isInOrder(next) ? next.pts() : Math.min(next.pts(), shownUntil));
  }

  /** Ends the last fragment. */
  void endLast() {
    endAt(shownUntil);
  }

  private void endAt(long time) {
    start = end;
    end = Math.max(start, time);
    shown = 0;
  }

  /** Returns when the fragment that has ended starts. */
  long start() {
    return start;
  }

  /** Returns when the fragment that has ended ends. */
  long end() {
    return end;
  }
}
