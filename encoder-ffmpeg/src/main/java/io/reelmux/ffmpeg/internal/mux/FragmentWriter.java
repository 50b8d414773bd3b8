package io.reelmux.ffmpeg.internal.mux;

import static io.reelmux.ffmpeg.internal.mux.FragmentClock.UNKNOWN;

import io.reelmux.ffmpeg.internal.av.PacketRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Writes the fragments of an MP4.
 *
 * <p>Note [durations in fragments]. A fragment states how long its last frame is decoded, and the
 * muxer starts the next one there, whatever its time is. At a constant frame rate a packet's own
 * duration is right. If frames have their own times, the duration is known when the next packet
 * comes, and it is a distance of decoding times, which a packet with B-frames doesn't have. So the
 * packets of a fragment wait here until it is cut, and the last one of each stream whose next
 * packet has not come waits for the next fragment.
 */
final class FragmentWriter implements AutoCloseable {

  /** Where the packets go. */
  interface Target {
    void write(AVPacket packet) throws IOException;

    /** Ends a fragment. */
    void cut() throws IOException;
  }

  private final Target target;
  private final FragmentClock clock;
  private final boolean[] ownTimes;
  private final boolean waits;
  private final long[] ends;
  private final long[] writtenEnds;
  private final Deque<PacketRef> spare = new ArrayDeque<>();
  private final Deque<PacketRef> waiting = new ArrayDeque<>();

  /**
   * A writer without packets.
   *
   * @param ownTimes whether the frames of each stream have their own times
   */
  FragmentWriter(Target target, FragmentClock clock, boolean[] ownTimes) {
    this.target = target;
    this.clock = clock;
    this.ownTimes = ownTimes;
    this.waits = anyIn(ownTimes);
    this.ends = new long[ownTimes.length];
    this.writtenEnds = new long[ownTimes.length];
  }

  private static boolean anyIn(boolean[] values) {
    for (boolean value : values) {
      if (value) {
        return true;
      }
    }
    return false;
  }

  /** Writes a packet, or takes over its payload, and ends the fragment before it if it is time. */
  void write(AVPacket packet) throws IOException {
    if (clock.endsBefore(packet)) {
      cut(packet);
    }
    clock.add(packet);
    if (!waits) {
      target.write(packet);
      return;
    }
    int stream = packet.stream_index();
    ends[stream] = Math.max(ends[stream], packet.pts() + packet.duration());
    PacketRef held = spare.isEmpty() ? PacketRef.allocate() : spare.pop();
    held.moveFrom(packet);
    waiting.add(held);
  }

  /** Writes all that is waiting, as the last fragment. */
  void finish() throws IOException {
    writeWaiting(List.of());
    target.cut();
  }

  private void cut(AVPacket next) throws IOException {
    List<PacketRef> later = stateDurations(next);
    writeWaiting(later);
    target.cut();
    clock.restart();
    later.forEach(packet -> clock.add(packet.struct()));
  }

  /** States the last durations of the fragment; returns the packets for which they are unknown. */
  private List<PacketRef> stateDurations(AVPacket next) {
    List<PacketRef> later = new ArrayList<>();
    long[] following = new long[ownTimes.length];
    Arrays.fill(following, UNKNOWN);
    following[next.stream_index()] = next.dts();
    boolean[] stated = new boolean[ownTimes.length];
    for (Iterator<PacketRef> backward = waiting.descendingIterator(); backward.hasNext(); ) {
      PacketRef held = backward.next();
      AVPacket packet = held.struct();
      int stream = packet.stream_index();
      if (ownTimes[stream] && !stated[stream]) {
        if (following[stream] == UNKNOWN) {
          following[stream] = packet.dts();
          later.add(held);
        } else {
          packet.duration(following[stream] - packet.dts());
          stated[stream] = true;
        }
      }
    }
    return later;
  }

  private void writeWaiting(List<PacketRef> exceptThese) throws IOException {
    for (int count = waiting.size(); count > 0; count--) {
      PacketRef packet = waiting.remove();
      if (exceptThese.contains(packet)) {
        waiting.add(packet);
      } else {
        try {
          writeNow(packet.struct());
        } finally {
          packet.unref();
          spare.push(packet);
        }
      }
    }
  }

  private void writeNow(AVPacket packet) throws IOException {
    int stream = packet.stream_index();
    writtenEnds[stream] = Math.max(writtenEnds[stream], packet.pts() + packet.duration());
    target.write(packet);
  }

  /** Returns by how many ticks the muxer takes each stream to be longer than it is. */
  List<OptionalLong> excess() {
    return IntStream.range(0, ownTimes.length)
        .mapToObj(
            i -> ownTimes[i] ? OptionalLong.of(writtenEnds[i] - ends[i]) : OptionalLong.empty())
        .toList();
  }

  @Override
  public void close() {
    spare.forEach(PacketRef::close);
    waiting.forEach(PacketRef::close);
    spare.clear();
    waiting.clear();
  }
}
