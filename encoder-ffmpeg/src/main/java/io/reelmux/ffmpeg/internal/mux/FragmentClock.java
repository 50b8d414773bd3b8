package io.reelmux.ffmpeg.internal.mux;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Decides, instead of the muxer, where the fragments of a crash-safe MP4 end.
 *
 * <p>Note [cutting fragments]. Left alone, the muxer cuts while it handles a packet, and uses that
 * packet's time as the end of its stream. With B-frames, a frame shown later may already precede
 * the cut: the edit list of the finished file then ends too early, and the last frame is never
 * shown. A cut requested between packets avoids this, since all durations are known then.
 */
final class FragmentClock {

  /** Limits memory; FFmpeg silently loses data in fragments above 2 GiB. */
  private static final long MAX_BYTES = 64L << 20;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final List<AVRational> timeBases;
  private final long[] starts;
  private long bytes;

  /** A clock for streams with these time bases. */
  FragmentClock(List<AVRational> timeBases) {
    this.timeBases = timeBases;
    this.starts = new long[timeBases.size()];
    Arrays.fill(starts, UNKNOWN);
  }

  /** Returns whether the fragment must end before this packet, in the muxer's time base. */
  boolean endsBefore(int stream, AVPacket packet) {
    boolean ends = bytes > 0 && (lastsASecond(stream, packet) || bytes >= MAX_BYTES);
    if (ends) {
      Arrays.fill(starts, UNKNOWN);
      bytes = 0;
    }
    if (starts[stream] == UNKNOWN) {
      starts[stream] = packet.dts();
    }
    bytes += packet.size();
    return ends;
  }

  private boolean lastsASecond(int stream, AVPacket packet) {
    AVRational base = timeBases.get(stream);
    return starts[stream] != UNKNOWN && (packet.dts() - starts[stream]) * base.num() >= base.den();
  }
}
