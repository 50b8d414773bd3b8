package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.Packet;
import io.reelmux.reader.spi.DemuxedPacket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets the last frame of a copied stream last until its end: holds packets back until it is known
 * that they are not the last, and applies {@link ShownTimes} at the end.
 */
final class LastPackets {

  /** No codec shows a frame later than this many packets after its own. */
  private static final int MAX_REORDER = 32;

  private static final long NONE = Long.MIN_VALUE;

  private final Map<Integer, StatedEnd> ends;
  private final Map<Integer, Stream> streams = new HashMap<>();
  private final Deque<DemuxedPacket> held = new ArrayDeque<>();

  private static final class Stream {
    private final TreeMap<Long, Long> durations = new TreeMap<>();
    private final ShownTimes times = new ShownTimes();
    private long count;
    private int held;
    private long last = NONE;
    private long end;

    private void addUpTo(int left) {
      while (durations.size() > left) {
        Map.Entry<Long, Long> first = durations.pollFirstEntry();
        if (first.getKey() > last) {
          last = first.getKey();
          times.add(first.getKey(), first.getValue());
        }
      }
    }

    private void finish(StatedEnd stated) {
      addUpTo(0);
      end = times.end(stated);
    }

    /** The last frame ends at the end, and no other later. */
    private DemuxedPacket ended(DemuxedPacket packet) {
      Packet old = packet.packet();
      boolean isLast = old.pts() == last;
      if (packet.discard() || old.pts() == NONE || (!isLast && old.pts() + old.duration() <= end)) {
        return packet;
      }
      long duration = Math.max(0, end - old.pts());
      return new DemuxedPacket(
          packet.stream(),
          old.withStream(old.stream(), old.pts(), old.dts(), duration),
          /* discard= */ false);
    }
  }

  /**
   * Holds nothing.
   *
   * @param ends the streams of video whose containers state an end
   */
  LastPackets(Map<Integer, StatedEnd> ends) {
    this.ends = ends;
  }

  /** Adds a packet; those that are not the last ones go on to {@code ready}. */
  void add(DemuxedPacket next, Deque<DemuxedPacket> ready) {
    held.add(next);
    if (ends.containsKey(next.stream())) {
      Stream stream = streams.computeIfAbsent(next.stream(), number -> new Stream());
      stream.held++;
      stream.count++;
      if (next.packet().pts() != NONE && !next.discard()) {
        stream.durations.put(next.packet().pts(), next.packet().duration());
        stream.addUpTo(MAX_REORDER);
      }
    }
    while (!held.isEmpty()) {
      Stream stream = streams.get(held.getFirst().stream());
      if (stream != null && stream.held <= MAX_REORDER) {
        return;
      }
      if (stream != null) {
        stream.held--;
      }
      ready.add(held.remove());
    }
  }

  /**
   * The file ends: what is held goes on.
   *
   * @param complete whether it has been read to its end
   */
  void end(Deque<DemuxedPacket> ready, boolean complete) {
    streams.forEach(
        (number, stream) -> {
          StatedEnd stated = ends.getOrDefault(number, StatedEnd.NONE);
          stream.finish(stated.after(stream.count, complete));
        });
    for (DemuxedPacket packet : held) {
      Stream stream = streams.get(packet.stream());
      ready.add(stream == null ? packet : stream.ended(packet));
    }
    reset();
  }

  /** Forgets what is held. */
  void reset() {
    held.clear();
    streams.clear();
  }
}
