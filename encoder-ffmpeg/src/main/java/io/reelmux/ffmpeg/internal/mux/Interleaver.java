package io.reelmux.ffmpeg.internal.mux;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.reelmux.EncoderException;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Orders the packets of all streams by decoding time. A packet is written when every stream that
 * has not ended has one waiting, except for sparse streams, which none waits for. FFmpeg's own
 * queue has no notion of an ended stream or a size limit.
 */
final class Interleaver implements AutoCloseable {
  private final List<Stream> streams = new ArrayList<>();
  private final Deque<PacketRef> spare = new ArrayDeque<>();
  private final PacketOutput output;
  private long budget;
  private long waitingBytes;
  private boolean exceeded;
  private boolean begun;

  /**
   * An interleaver without packets.
   *
   * @param streams their order gives their numbers
   * @param budget maximum number of bytes that may wait for a stream without packets
   */
  Interleaver(PacketOutput output, List<MuxStream> streams, long budget) {
    this.output = output;
    for (MuxStream stream : streams) {
      this.streams.add(new Stream(stream));
    }
    this.budget = budget;
  }

  private static final class Stream {
    private final String name;
    private final TimeBase timeBase;
    private final boolean sparse;
    private final Deque<PacketRef> waiting = new ArrayDeque<>();
    private boolean ended;
    private boolean reported;

    Stream(MuxStream stream) {
      this.name = stream.label();
      this.timeBase = stream.timeBase();
      this.sparse = stream.sparse();
    }
  }

  /** Takes over a packet's payload and writes the packets that are ready. */
  void add(int stream, AVPacket packet) throws IOException {
    if (streams.size() == 1) {
      if (!begun) {
        begin(List.of(Optional.of(times(packet))));
      }
      output.write(stream, packet);
      return;
    }
    PacketRef waiting = spare.isEmpty() ? PacketRef.allocate() : spare.pop();
    waitingBytes += packet.size();
    waiting.moveFrom(packet);
    streams.get(stream).waiting.add(waiting);
    writeReady();
    if (waitingBytes > budget) {
      exceeded = true;
      throw overBudget();
    }
  }

  /** Returns whether the budget was exceeded; nothing is lost, the packets keep waiting. */
  boolean exceeded() {
    return exceeded;
  }

  /** Removes the limit on waiting bytes. */
  void unlimited() {
    budget = Long.MAX_VALUE;
  }

  /** Ends a stream: it will have no more packets. */
  void end(int stream) throws IOException {
    streams.get(stream).ended = true;
    writeReady();
  }

  /** Ends all streams. */
  void endAll() throws IOException {
    streams.forEach(stream -> stream.ended = true);
    writeReady();
  }

  private void writeReady() throws IOException {
    int next;
    while ((next = next()) >= 0) {
      if (!begun) {
        begin(streams.stream().map(Interleaver::firstTimes).toList());
      }
      PacketRef packet = streams.get(next).waiting.remove();
      waitingBytes -= packet.struct().size();
      try {
        output.write(next, packet.struct());
      } finally {
        packet.unref();
        spare.push(packet);
      }
    }
    for (int i = 0; i < streams.size(); i++) {
      Stream stream = streams.get(i);
      if (stream.ended && !stream.reported && stream.waiting.isEmpty()) {
        stream.reported = true;
        output.end(i);
      }
    }
  }

  private void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    begun = true;
    output.begin(firsts);
  }

  private static Optional<PacketTimes> firstTimes(Stream stream) {
    return stream.waiting.stream().findFirst().map(packet -> times(packet.struct()));
  }

  private static PacketTimes times(AVPacket packet) {
    return new PacketTimes(dts(packet), packet.pts());
  }

  /** Returns the stream whose packet is decoded first; -1 while one that is waited for has none. */
  private int next() {
    int first = -1;
    for (int i = 0; i < streams.size(); i++) {
      Stream stream = streams.get(i);
      if (stream.waiting.isEmpty()) {
        if (!stream.ended && !stream.sparse) {
          return -1;
        }
      } else if (first < 0 || isBefore(stream, streams.get(first))) {
        first = i;
      }
    }
    return first;
  }

  private static boolean isBefore(Stream a, Stream b) {
    return compare(dts(a), a.timeBase, dts(b), b.timeBase) < 0;
  }

  private static long dts(Stream stream) {
    return dts(stream.waiting.element().struct());
  }

  private static long dts(AVPacket packet) {
    return packet.dts() == AV_NOPTS_VALUE ? packet.pts() : packet.dts();
  }

  /** Compares ticks in different time bases without overflow. */
  static int compare(long a, TimeBase baseA, long b, TimeBase baseB) {
    long unitA = (long) baseA.numerator() * baseB.denominator();
    long unitB = (long) baseB.numerator() * baseA.denominator();
    int high = Long.compare(Math.multiplyHigh(a, unitA), Math.multiplyHigh(b, unitB));
    return high != 0 ? high : Long.compareUnsigned(a * unitA, b * unitB);
  }

  private EncoderException overBudget() {
    List<String> silent =
        streams.stream()
            .filter(stream -> stream.waiting.isEmpty() && !stream.ended && !stream.sparse)
            .map(stream -> stream.name)
            .toList();
    return new EncoderException(
        "write packets in order",
        null,
        0,
        "%d bytes of packets are waiting for %s: interleave the streams, call end() on a stream that gets no more, or raise interleaveBudget (%d)"
            .formatted(waitingBytes, String.join(" and ", silent), budget),
        List.of(),
        null);
  }

  @Override
  public void close() {
    spare.forEach(PacketRef::close);
    spare.clear();
    for (Stream stream : streams) {
      stream.waiting.forEach(PacketRef::close);
      stream.waiting.clear();
    }
  }
}
