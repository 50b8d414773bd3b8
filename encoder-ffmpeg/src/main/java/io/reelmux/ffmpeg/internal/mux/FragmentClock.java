package io.reelmux.ffmpeg.internal.mux;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Decides, instead of the muxer, where the fragments of an MP4 end.
 *
 * <p>Note [cutting fragments]. Left alone, the muxer cuts while it handles a packet, and uses that
 * packet's time as the end of its stream. With B-frames, a frame shown later may already precede
 * the cut: the edit list of the finished file then ends too early, and the last frame is never
 * shown. A cut requested between packets avoids this, since all durations are known then.
 */
final class FragmentClock {
  static final long UNKNOWN = Long.MIN_VALUE;

  /** Limits memory; FFmpeg silently loses data in fragments above 2 GiB. */
  private static final long MAX_BYTES = 64L << 20;

  private final List<AVRational> timeBases;
  private final boolean firstNeedsAll;
  private final boolean[] pausing;
  private final long[] starts;
  private final long[] packets;
  private long bytes;

  /**
   * A clock for streams with these time bases.
   *
   * @param firstNeedsAll whether the first fragment must contain a packet of each stream, because
   *     the muxer writes the index with it
   * @param pausing whether each stream is audio that may pause, so that its latest packet waits for
   *     the next one
   */
  FragmentClock(List<AVRational> timeBases, boolean firstNeedsAll, boolean[] pausing) {
    this.timeBases = timeBases;
    this.firstNeedsAll = firstNeedsAll;
    this.pausing = pausing;
    this.starts = new long[timeBases.size()];
    this.packets = new long[timeBases.size()];
    restart();
  }

  /** Returns whether the fragment must end before this packet, in the muxer's time base. */
  boolean endsBefore(AVPacket packet) {
    boolean full = bytes >= MAX_BYTES;
    boolean complete = !firstNeedsAll || haveAllBegun();
    return bytes > 0 && (full || (complete && lastsASecond(packet)));
  }

  private boolean haveAllBegun() {
    for (int i = 0; i < packets.length; i++) {
      if (packets[i] < (pausing[i] ? 2 : 1)) {
        return false;
      }
    }
    return true;
  }

  private boolean lastsASecond(AVPacket packet) {
    long start = starts[packet.stream_index()];
    AVRational base = timeBases.get(packet.stream_index());
    return start != UNKNOWN && (packet.dts() - start) * base.num() >= base.den();
  }

  /** Begins a fragment. */
  void restart() {
    Arrays.fill(starts, UNKNOWN);
    bytes = 0;
  }

  /** Adds a packet to the fragment. */
  void add(AVPacket packet) {
    int stream = packet.stream_index();
    packets[stream]++;
    if (starts[stream] == UNKNOWN) {
      starts[stream] = packet.dts();
    }
    bytes += packet.size();
  }
}
