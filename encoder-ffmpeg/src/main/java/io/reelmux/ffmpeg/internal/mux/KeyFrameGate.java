package io.reelmux.ffmpeg.internal.mux;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.StreamKind;
import io.reelmux.TimeBase;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Lets packets pass from a key frame on: of the first video stream that has not ended, and of other
 * streams what is not shown before it, each other video stream from its own key frame on.
 */
final class KeyFrameGate {
  private final List<MuxStream> streams;

  /** Whose key frame opens the gate; -1 where any packet does. */
  private int leader;

  private final boolean[] open;
  private final boolean[] ended;
  private boolean opened = true;

  /** Whether any packet may still have to be held back. */
  private boolean watching;

  private long start;
  private TimeBase startBase = new TimeBase(1, 1);

  /** An open gate. */
  KeyFrameGate(List<MuxStream> streams) {
    this.streams = streams;
    this.open = new boolean[streams.size()];
    this.ended = new boolean[streams.size()];
    this.leader = firstVideo();
  }

  private int firstVideo() {
    for (int i = 0; i < ended.length; i++) {
      if (isVideo(i) && !ended[i]) {
        return i;
      }
    }
    return -1;
  }

  /** A stream has ended: the gate waits for none of its key frames anymore. */
  void end(int stream) {
    ended[stream] = true;
    leader = firstVideo();
  }

  /** Lets nothing pass until the next key frame. */
  void shut() {
    opened = false;
    watching = true;
    Arrays.fill(open, false);
  }

  boolean isShut() {
    return !opened;
  }

  /**
   * Returns whether a packet passes.
   *
   * @param ready whether a key frame may open the gate now
   */
  boolean admits(int stream, AVPacket packet, BooleanSupplier ready) {
    if (!watching) {
      return true;
    }
    boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    if (!opened) {
      boolean opens = leader < 0 || (stream == leader && key);
      if (!opens || !ready.getAsBoolean()) {
        return false;
      }
      opened = true;
      start = time(packet);
      startBase = streams.get(stream).timeBase();
      open[stream] = true;
      return true;
    }
    // frames that are shown before a key frame may refer to what was dropped
    boolean late =
        Interleaver.compare(time(packet), streams.get(stream).timeBase(), start, startBase) >= 0;
    open[stream] |= late && (!isVideo(stream) || key);
    return late && open[stream];
  }

  private boolean isVideo(int stream) {
    return streams.get(stream).kind() == StreamKind.VIDEO;
  }

  private static long time(AVPacket packet) {
    return packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
  }
}
