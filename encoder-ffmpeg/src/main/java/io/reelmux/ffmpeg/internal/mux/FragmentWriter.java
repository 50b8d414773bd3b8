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
 * packet has not come waits for the next fragment. So does audio that may pause: its first packet
 * behind the pause would be played before it.
 *
 * <p>Note [the end of a fragmented file]. Readers take a stream to last as long as it is decoded.
 * With B-frames the packet that is decoded last is not shown last, and its duration is chosen such
 * that decoding takes as long as showing. It has to be positive, also where the last frames follow
 * each other faster than the first ones: so no packet is decoded later than the frames that have
 * come allow, which is a change of decoding times only.
 */
final class FragmentWriter implements AutoCloseable {

  /** Where the packets go. */
  interface Target {
    void write(AVPacket packet) throws IOException;

    /** Ends a fragment. */
    void cut() throws IOException;

    /** A stream ends with a fragment that lasts longer than its frames. */
    void endsLate(int stream);
  }

  private final Target target;
  private final FragmentClock clock;
  private final boolean[] ownTimes;
  private final boolean staysFragmented;
  private final boolean waits;

  /** From decoding to showing the first packet. */
  private final long[] delays;

  private final long[] lastDts;
  private final long[] lastPts;
  private final long[] lastDurations;
  private final long[] ends;
  private final long[] writtenEnds;
  private final Deque<PacketRef> spare = new ArrayDeque<>();
  private final Deque<PacketRef> waiting = new ArrayDeque<>();

  /**
   * A writer without packets.
   *
   * @param ownTimes whether the frames of each stream have their own times
   * @param staysFragmented whether readers will see the fragments
   */
  FragmentWriter(Target target, FragmentClock clock, boolean[] ownTimes, boolean staysFragmented) {
    this.target = target;
    this.clock = clock;
    this.ownTimes = ownTimes;
    this.staysFragmented = staysFragmented;
    this.waits = anyIn(ownTimes);
    this.delays = new long[ownTimes.length];
    this.lastDts = new long[ownTimes.length];
    this.lastPts = new long[ownTimes.length];
    Arrays.fill(lastPts, UNKNOWN);
    this.lastDurations = new long[ownTimes.length];
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
    if (ownTimes[packet.stream_index()]) {
      look(packet);
    }
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

  /** Takes note of the times of a packet, and lets it be decoded earlier if it has to be. */
  private void look(AVPacket packet) {
    int stream = packet.stream_index();
    boolean first = lastPts[stream] == UNKNOWN;
    if (first) {
      delays[stream] = packet.pts() - packet.dts();
    }
    if (packet.pts() >= lastPts[stream]) {
      lastPts[stream] = packet.pts();
      lastDurations[stream] = packet.duration();
    }
    if (staysFragmented && !first) {
      long latest = Math.max(lastDts[stream] + 1, lastPts[stream] - delays[stream]);
      packet.dts(Math.min(packet.dts(), latest));
    }
    lastDts[stream] = packet.dts();
  }

  /** Writes all that is waiting, as the last fragment. */
  void finish() throws IOException {
    if (staysFragmented) {
      for (int stream = 0; stream < ownTimes.length; stream++) {
        if (ownTimes[stream] && lastDurations[stream] > 0) {
          stateEnd(stream);
        }
      }
    }
    writeWaiting(List.of());
    target.cut();
  }

  /** See Note [the end of a fragmented file]. */
  private void stateEnd(int stream) {
    long end = lastPts[stream] + lastDurations[stream] - delays[stream];
    for (Iterator<PacketRef> backward = waiting.descendingIterator(); backward.hasNext(); ) {
      AVPacket packet = backward.next().struct();
      if (packet.stream_index() == stream) {
        if (packet.dts() < end) {
          packet.duration(end - packet.dts());
        } else {
          target.endsLate(stream);
        }
        return;
      }
    }
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
