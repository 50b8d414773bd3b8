package io.reelmux.ffmpeg.internal.av;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Keeps the packet of the newest frame, and those after it, until the next frame comes or the
 * stream ends: only then it is known how long the frame is shown.
 */
public final class NewestPackets implements AutoCloseable {
  private final PacketConsumer outlet;
  private final Deque<PacketRef> waiting = new ArrayDeque<>();

  /** Keeps nothing yet. */
  public NewestPackets(PacketConsumer outlet) {
    this.outlet = outlet;
  }

  /**
   * Passes a packet on or takes over its payload.
   *
   * @param newest whether it contains the newest frame
   */
  public void accept(AVPacket packet, boolean newest) throws IOException {
    if (!newest && waiting.isEmpty()) {
      outlet.accept(packet);
      return;
    }
    PacketRef held = PacketRef.allocate();
    waiting.add(held);
    held.moveFrom(packet);
  }

  /** Sets the duration of the frame with this pts, if its packet is here. */
  public void setDuration(long pts, long duration) {
    waiting.stream()
        .map(PacketRef::struct)
        .filter(packet -> packet.pts() == pts)
        .forEach(packet -> packet.duration(duration));
  }

  /** Passes on all packets. */
  public void release() throws IOException {
    while (!waiting.isEmpty()) {
      try (PacketRef packet = waiting.remove()) {
        outlet.accept(packet.struct());
      }
    }
  }

  @Override
  public void close() {
    waiting.forEach(PacketRef::close);
    waiting.clear();
  }
}
