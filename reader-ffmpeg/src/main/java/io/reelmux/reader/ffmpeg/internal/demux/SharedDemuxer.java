package io.reelmux.reader.ffmpeg.internal.demux;

import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.reader.LimitException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * The one demuxer of a source that is not seekable. Packets that are read on the way to those of
 * another stream wait for theirs. Used by several threads: every method locks.
 */
final class SharedDemuxer implements AutoCloseable {
  private final Demuxer demuxer;
  private final long maxBytes;
  private final Map<Integer, Deque<PacketRef>> waiting = new HashMap<>();
  private long waitingBytes;
  private boolean started;
  private boolean closed;

  SharedDemuxer(Demuxer demuxer, long maxBytes) {
    this.demuxer = demuxer;
    this.maxBytes = maxBytes;
  }

  /**
   * Returns the packets of a stream from the start.
   *
   * @throws IllegalStateException if packets have been read already, or the stream is in use
   */
  synchronized PacketSource packets(int stream) {
    if (started) {
      throw new IllegalStateException(
          "stream "
              + stream
              + " cannot be opened: the source can be read once, and reading has begun; open all"
              + " streams first, or use ByteSource.spooled");
    }
    if (waiting.putIfAbsent(stream, new ArrayDeque<>()) != null) {
      throw new IllegalStateException(
          "stream "
              + stream
              + " is already being read: the source can be read once; use ByteSource.spooled");
    }
    demuxer.select(waiting.keySet().stream().mapToInt(Integer::intValue).toArray());
    return new Packets(stream);
  }

  /**
   * Gives away the demuxer, for the packets of several streams.
   *
   * @throws IllegalStateException if a stream is in use
   */
  synchronized Demuxer take(int... streams) {
    if (started || !waiting.isEmpty()) {
      throw new IllegalStateException(
          "packets cannot be read beside frames or samples, or twice: the source can be read once;"
              + " use ByteSource.spooled");
    }
    started = true;
    demuxer.select(streams);
    return demuxer;
  }

  private synchronized boolean read(int stream, PacketRef target) throws IOException {
    started = true;
    Deque<PacketRef> queue = waiting.get(stream);
    if (queue == null || closed) {
      return false;
    }
    if (!queue.isEmpty()) {
      try (PacketRef next = queue.remove()) {
        waitingBytes -= next.struct().size();
        target.moveFrom(next.struct());
      }
      return true;
    }
    while (demuxer.read(target)) {
      int found = target.struct().stream_index();
      if (found == stream) {
        return true;
      }
      keep(found, target);
    }
    return false;
  }

  private void keep(int stream, PacketRef packet) throws IOException {
    Deque<PacketRef> queue = waiting.get(stream);
    if (queue == null) {
      packet.unref();
      return;
    }
    waitingBytes += packet.struct().size();
    if (waitingBytes > maxBytes) {
      packet.unref();
      throw new LimitException(
          "read a stream of a source that is not seekable",
          null,
          "maxMemory",
          "packets of other streams wait with "
              + waitingBytes
              + " bytes: read the streams side by side, close those you do not need, or use"
              + " ByteSource.spooled");
    }
    PacketRef kept = PacketRef.allocate();
    kept.moveFrom(packet.struct());
    queue.add(kept);
  }

  private synchronized void close(int stream) {
    Deque<PacketRef> queue = waiting.remove(stream);
    if (queue != null) {
      for (PacketRef packet : queue) {
        waitingBytes -= packet.struct().size();
        packet.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try (NativeScope scope = new NativeScope()) {
      scope.add(demuxer);
      waiting.values().forEach(queue -> queue.forEach(scope::add));
    } finally {
      waiting.clear();
    }
  }

  /** One stream's view. */
  private final class Packets implements PacketSource {
    private final int index;

    Packets(int index) {
      this.index = index;
    }

    @Override
    public boolean read(PacketRef packet) throws IOException {
      return SharedDemuxer.this.read(index, packet);
    }

    @Override
    public AVStream stream() {
      return demuxer.context().stream(index);
    }

    @Override
    public Demuxer demuxer() {
      return demuxer;
    }

    @Override
    public boolean seekable() {
      return false;
    }

    @Override
    public void close() {
      SharedDemuxer.this.close(index);
    }
  }
}
