package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.Packet;
import io.reelmux.reader.spi.DemuxedPacket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Fills in decoding times. Matroska stores none: FFmpeg derives them from the order of the
 * presentation times, but not those of the first packets of a stream with reordered frames.
 */
final class DecodingTimes {
  private static final long NONE = Long.MIN_VALUE;

  /** Frames that may be out of order. */
  private static final int MAX_WAITING = 32;

  /** Packets in the order of the file, the first of which has no decoding time yet. */
  private final Deque<DemuxedPacket> waiting = new ArrayDeque<>();

  /** Adds a packet; those whose times are known go on to {@code ready}. */
  void add(DemuxedPacket next, Deque<DemuxedPacket> ready) {
    waiting.add(next);
    if (next.packet().dts() != NONE) {
      fill(next);
    }
    release(ready, waiting.size() > MAX_WAITING);
  }

  /** The file ends: what is waiting goes on as it is. */
  void end(Deque<DemuxedPacket> ready) {
    release(ready, true);
  }

  /** Forgets what is waiting. */
  void reset() {
    waiting.clear();
  }

  /** Counts back from the first packet of a stream that has a decoding time. */
  private void fill(DemuxedPacket known) {
    long dts = known.packet().dts();
    DemuxedPacket[] all = waiting.toArray(DemuxedPacket[]::new);
    boolean changed = false;
    for (int i = all.length - 2; i >= 0; i--) {
      Packet packet = all[i].packet();
      if (all[i].stream() == known.stream() && packet.dts() == NONE && packet.pts() != NONE) {
        dts = Math.min(dts - Math.max(1, packet.duration()), packet.pts());
        all[i] =
            new DemuxedPacket(
                all[i].stream(), packet.withTimes(packet.pts(), dts), all[i].discard());
        changed = true;
      }
    }
    if (changed) {
      waiting.clear();
      for (DemuxedPacket packet : all) {
        waiting.add(packet);
      }
    }
  }

  private void release(Deque<DemuxedPacket> ready, boolean all) {
    Iterator<DemuxedPacket> first = waiting.iterator();
    while (first.hasNext()) {
      DemuxedPacket next = first.next();
      boolean known = next.packet().dts() != NONE || next.packet().pts() == NONE;
      if (!known && !all) {
        return;
      }
      ready.add(next);
      first.remove();
    }
  }
}
