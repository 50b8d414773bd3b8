package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.ffmpeg.internal.av.PacketRef;
import io.reelmux.spi.OutputEvents;
import io.reelmux.spi.OutputRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait for the thread of an output, and what happens when there is no room for
 * more.
 *
 * <p>Packets are added under the lock of the {@link OutputPipeline}, and taken by the output's
 * thread. The counts may be read by any thread.
 */
final class WaitingPackets {
  private final int number;
  private final OutputRequest.Settings settings;
  private final OutputEvents events;
  private final PacketQueue queue;
  private final KeyFrameGate gate;
  private final AtomicLong dropped = new AtomicLong();
  private long droppedBefore;
  private boolean overflowing;
  private boolean everOverflowed;

  /**
   * Nothing waits yet.
   *
   * @param number of the output, for events
   */
  WaitingPackets(
      int number, OutputRequest.Settings settings, StreamSelection streams, OutputEvents events) {
    this.number = number;
    this.settings = settings;
    this.events = events;
    this.queue = new PacketQueue(settings.bufferBytes());
    this.gate = new KeyFrameGate(streams.selected());
  }

  /** Drops what comes before the next key frame. */
  void beginAtKeyFrame() {
    gate.shut();
  }

  /**
   * Adds a reference to a packet, or drops it.
   *
   * @return whether it was added
   * @throws IOException if the output fails because of it
   */
  boolean offer(int stream, AVPacket packet) throws IOException {
    if (!gate.admits(stream, packet, queue::isHalfEmpty)) {
      drop();
      return false;
    }
    reportRecovery();
    if (!queue.hasRoom(packet.size()) && !makeRoom(packet.size())) {
      return false;
    }
    queue.add(stream, packet);
    return true;
  }

  private void reportRecovery() {
    if (overflowing) {
      overflowing = false;
      long before = droppedBefore;
      droppedBefore = dropped.get();
      events.recovered(number, droppedBefore - before);
    }
  }

  /** Counts a packet, unless it came before a late start. */
  private void drop() {
    if (everOverflowed) {
      dropped.incrementAndGet();
    }
  }

  /** Returns whether the packet fits now. */
  private boolean makeRoom(int size) throws IOException {
    switch (settings.overflow()) {
      case WAIT -> {
        queue.awaitRoom(size);
        return true;
      }
      case DROP_TO_KEY_FRAME -> {
        gate.shut();
        overflowing = true;
        everOverflowed = true;
        drop();
        events.overflowed(number);
        return false;
      }
      case FAIL ->
          throw new IOException(
              "output '%s' has more than %d bytes waiting: it is written more slowly than is encoded"
                  .formatted(settings.name(), settings.bufferBytes()));
    }
    throw new AssertionError(settings.overflow());
  }

  /** Adds the end of a stream. */
  void addEnd(int stream) {
    gate.end(stream);
    queue.addEnd(stream);
  }

  /** Nothing more is added; what waits is still taken. */
  void finish() {
    queue.finish();
  }

  /** Waits for the next entry, and returns it; null after the last one, or if closed. */
  PacketQueue.@Nullable Entry take() throws InterruptedException {
    return queue.take();
  }

  /** Returns a packet that has been written. */
  void giveBack(PacketRef packet) {
    queue.giveBack(packet);
  }

  /** Returns how many bytes wait. */
  long bytes() {
    return queue.bytes();
  }

  /** Returns how many packets were dropped for lack of room. */
  long dropped() {
    return dropped.get();
  }

  boolean isClosed() {
    return queue.isClosed();
  }

  /** Drops all that waits, and releases who waits. */
  void close() {
    queue.close();
  }
}
