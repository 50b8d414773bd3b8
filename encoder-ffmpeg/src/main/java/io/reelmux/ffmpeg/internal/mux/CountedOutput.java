package io.reelmux.ffmpeg.internal.mux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Counts the packets and bytes of each stream that have been written. The counts may be read from
 * any thread.
 */
final class CountedOutput implements PacketOutput {
  private final PacketOutput target;
  private final AtomicLongArray packets;
  private final AtomicLongArray bytes;

  CountedOutput(PacketOutput target, int streams) {
    this.target = target;
    this.packets = new AtomicLongArray(streams);
    this.bytes = new AtomicLongArray(streams);
  }

  @Override
  public void begin(List<Optional<PacketTimes>> firsts) throws IOException {
    target.begin(firsts);
  }

  @Override
  public void write(int stream, AVPacket packet) throws IOException {
    // before the target, which may empty the packet
    int size = packet.size();
    target.write(stream, packet);
    packets.incrementAndGet(stream);
    bytes.addAndGet(stream, size);
  }

  @Override
  public void end(int stream) throws IOException {
    target.end(stream);
  }

  /** Returns the number of packets of a stream. */
  long packets(int stream) {
    return packets.get(stream);
  }

  /** Returns the bytes of these packets. */
  long bytes(int stream) {
    return bytes.get(stream);
  }
}
