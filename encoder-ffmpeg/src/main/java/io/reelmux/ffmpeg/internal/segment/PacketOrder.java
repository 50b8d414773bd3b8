package io.reelmux.ffmpeg.internal.segment;

import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Puts the packets of one stream, the reference, before those of the others with the same decoding
 * time: where the reference cuts is then known before the others get there. The packets come in
 * order of decoding time.
 */
final class PacketOrder implements AutoCloseable {

  /** Receives the packets. */
  interface Receiver {
    void accept(int stream, AVPacket packet) throws IOException;
  }

  private final List<TimeBase> bases;
  private final int reference;
  private final Receiver receiver;
  private final Deque<Held> waiting = new ArrayDeque<>();
  private final Deque<PacketRef> spare = new ArrayDeque<>();

  private record Held(int stream, Ticks dts, PacketRef packet) {}

  PacketOrder(List<TimeBase> bases, int reference, Receiver receiver) {
    this.bases = bases;
    this.reference = reference;
    this.receiver = receiver;
  }

  /** Takes over a packet's payload, and passes on those whose place is certain. */
  void add(int stream, AVPacket packet) throws IOException {
    if (packet.size() == 0) {
      // a header that replaces the one that has been written, as FLAC has it at its end
      return;
    }
    Ticks dts = new Ticks(packet.dts(), bases.get(stream));
    while (!waiting.isEmpty() && waiting.element().dts.isBefore(dts)) {
      release();
    }
    if (stream == reference) {
      receiver.accept(stream, packet);
      return;
    }
    PacketRef held = spare.isEmpty() ? PacketRef.allocate() : spare.pop();
    held.moveFrom(packet);
    waiting.add(new Held(stream, dts, held));
  }

  /** Passes on all packets. */
  void finish() throws IOException {
    while (!waiting.isEmpty()) {
      release();
    }
  }

  private void release() throws IOException {
    Held held = waiting.remove();
    try {
      receiver.accept(held.stream, held.packet.struct());
    } finally {
      held.packet.unref();
      spare.push(held.packet);
    }
  }

  @Override
  public void close() {
    waiting.forEach(held -> held.packet.close());
    waiting.clear();
    spare.forEach(PacketRef::close);
    spare.clear();
  }
}
