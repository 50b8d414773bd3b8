package io.reelmux.ffmpeg.internal.mux;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Says where the fragments of a crash-safe MP4 end, in place of the muxer.
 *
 * <p>Note [cutting fragments]. The muxer cuts while it is given a packet, and takes that packet's
 * time for the end of its stream. With B-frames a picture shown later may lie before the cut
 * already: the edit list of the finished file then ends too early, and the last picture is never
 * shown. So it is told to cut between packets, when all durations are known.
 */
final class FragmentClock {

  /** A fragment above 2 GiB would lose data without a word; this also bounds memory. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final List<AVRational> timeBases;
  private final long[] starts;
  private long bytes;

  /** For streams with these time bases. */
  FragmentClock(List<AVRational> timeBases) {
    this.timeBases = timeBases;
    this.starts = new long[timeBases.size()];
    Arrays.fill(starts, UNKNOWN);
  }

  /** Whether the fragment must end before this packet, whose times are the muxer's. */
  boolean endsBefore(int stream, AVPacket packet) {
    boolean ends = bytes > 0 && (lastsASecond(stream, packet) || bytes >= MOST_BYTES);
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
