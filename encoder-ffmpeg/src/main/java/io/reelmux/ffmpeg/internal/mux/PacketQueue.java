package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.EncoderException;
import io.reelmux.ffmpeg.internal.av.NativeScope;
import io.reelmux.ffmpeg.internal.av.PacketRef;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait to be written by the thread of an output: references, bounded by bytes.
 * Thread-safe.
 */
final class PacketQueue implements AutoCloseable {
  private static final int MAX_SPARE = 64;

  private final long capacity;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Deque<PacketRef> spare = new ArrayDeque<>();
  private long bytes;
  private boolean finished;
  private boolean closed;

  /** A packet of a stream, or the end of the stream. */
  record Entry(int stream, @Nullable PacketRef packet) {}

  PacketQueue(long capacity) {
    this.capacity = capacity;
  }

  /** Returns whether a packet fits, as one does in any case. */
  synchronized boolean hasRoom(int size) {
    return bytes == 0 || bytes + size <= capacity;
  }

  /** Returns whether at most half of the queue is full. */
  synchronized boolean isHalfEmpty() {
    return bytes <= capacity / 2;
  }

  /** Waits until a packet fits, or nothing is added anymore. */
  void awaitRoom(int size) {
    boolean interrupted = false;
    synchronized (this) {
      while (!hasRoom(size) && !closed && !finished) {
        try {
          wait();
        } catch (InterruptedException e) {
          // the caller's thread is not interrupted by us; it finds the flag when it returns
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds a reference to a packet. */
  synchronized void add(int stream, AVPacket packet) throws EncoderException {
    if (closed || finished) {
      return;
    }
    PacketRef copy = spare.isEmpty() ? PacketRef.allocate() : spare.pop();
    try {
      copy.refTo(packet);
    } catch (EncoderException | RuntimeException | Error e) {
      NativeScope.closeAfter(e, copy);
      throw e;
    }
    bytes += packet.size();
    entries.add(new Entry(stream, copy));
    notifyAll();
  }

  /** Adds the end of a stream. */
  synchronized void addEnd(int stream) {
    if (!closed && !finished) {
      entries.add(new Entry(stream, null));
      notifyAll();
    }
  }

  /** Adds nothing anymore; what waits is still taken. */
  synchronized void finish() {
    finished = true;
    notifyAll();
  }

  /** Waits for the next entry; null after the last one, or if the queue was closed. */
  synchronized @Nullable Entry take() throws InterruptedException {
    while (entries.isEmpty() && !finished && !closed) {
      wait();
    }
    Entry next = entries.poll();
    if (next != null && next.packet() != null) {
      bytes -= next.packet().struct().size();
      notifyAll();
    }
    return next;
  }

  /** Receives a packet back that has been written. */
  synchronized void giveBack(PacketRef packet) {
    packet.unref();
    if (closed || spare.size() == MAX_SPARE) {
      packet.close();
    } else {
      spare.push(packet);
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Frees all packets; nothing is added or taken anymore. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Entry entry : entries) {
      if (entry.packet() != null) {
        entry.packet().close();
      }
    }
    entries.clear();
    spare.forEach(PacketRef::close);
    spare.clear();
    bytes = 0;
    notifyAll();
  }
}
