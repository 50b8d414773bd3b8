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
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Brings the packets of all streams into the order of their decoding times. A packet goes on when
 * every stream that has not ended has one waiting. FFmpeg's own queue knows neither an end of
 * stream nor a size.
 */
final class Interleaver implements AutoCloseable {
  private final List<Stream> streams = new ArrayList<>();
  private final Deque<PacketRef> spare = new ArrayDeque<>();
  private final PacketOutput output;
  private long budget;
  private long waitingBytes;
  private boolean exceeded;

  Interleaver(PacketOutput output, long budget) {
    this.output = output;
    this.budget = budget;
  }

  private static final class Stream {
    private final String name;
    private final TimeBase timeBase;
    private final Deque<PacketRef> waiting = new ArrayDeque<>();
    private boolean ended;

    Stream(String name, TimeBase timeBase) {
      this.name = name;
      this.timeBase = timeBase;
    }
  }

  /** Adds a stream; they are numbered in the order added. */
  void addStream(String name, TimeBase timeBase) {
    streams.add(new Stream(name, timeBase));
  }

  /** Takes a packet's payload and writes what has become ready. */
  void add(int stream, AVPacket packet) throws IOException {
    if (streams.size() == 1) {
      output.write(stream, packet);
      return;
    }
    PacketRef waiting = spare.isEmpty() ? PacketRef.allocate() : spare.pop();
    waitingBytes += packet.size();
    waiting.take(packet);
    streams.get(stream).waiting.add(waiting);
    writeReady();
    if (waitingBytes > budget) {
      exceeded = true;
      throw overBudget();
    }
  }

  /** Whether the budget was passed: nothing is lost, the packets wait. */
  boolean exceeded() {
    return exceeded;
  }

  /** Lets any number of bytes wait. */
  void unlimited() {
    budget = Long.MAX_VALUE;
  }

  /** The stream will bring no more packets. */
  void end(int stream) throws IOException {
    streams.get(stream).ended = true;
    writeReady();
  }

  private void writeReady() throws IOException {
    int next;
    while ((next = next()) >= 0) {
      PacketRef packet = streams.get(next).waiting.remove();
      waitingBytes -= packet.struct().size();
      try {
        output.write(next, packet.struct());
      } finally {
        packet.unref();
        spare.push(packet);
      }
    }
  }

  /** The stream whose packet is decoded first; -1 while a stream that goes on has none. */
  private int next() {
    int first = -1;
    for (int i = 0; i < streams.size(); i++) {
      Stream stream = streams.get(i);
      if (stream.waiting.isEmpty()) {
        if (!stream.ended) {
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
    AVPacket packet = stream.waiting.element().struct();
    return packet.dts() == AV_NOPTS_VALUE ? packet.pts() : packet.dts();
  }

  /** Compares ticks of different length without overflow. */
  static int compare(long a, TimeBase baseA, long b, TimeBase baseB) {
    long unitA = (long) baseA.numerator() * baseB.denominator();
    long unitB = (long) baseB.numerator() * baseA.denominator();
    int high = Long.compare(Math.multiplyHigh(a, unitA), Math.multiplyHigh(b, unitB));
    return high != 0 ? high : Long.compareUnsigned(a * unitA, b * unitB);
  }

  private EncoderException overBudget() {
    List<String> silent =
        streams.stream()
            .filter(stream -> stream.waiting.isEmpty() && !stream.ended)
            .map(stream -> stream.name)
            .toList();
    return new EncoderException(
        "write packets in order",
        null,
        0,
        "%d bytes wait for %s, which got nothing for as long: feed the streams side by side, call end() on a stream that gets no more, or raise interleaveBudget (%d)"
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
