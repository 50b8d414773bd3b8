package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.PacketListener;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.spi.Destination;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Everything that follows the encoders: interleaver, listener and muxer. One lock guards them,
 * since only one thread at a time may write a container; a slow destination slows down all streams.
 */
public final class PacketPipe implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Interleaver interleaver;
  private final List<MuxStream> streams = new ArrayList<>();
  private AtomicLongArray packets = new AtomicLongArray(0);
  private AtomicLongArray bytes = new AtomicLongArray(0);
  private @Nullable PacketListener listener;
  private @Nullable ListenerAdapter adapter;
  private volatile @Nullable Muxer muxer;
  private Container container = Container.PACKETS_ONLY;
  private @Nullable Throwable failure;

  /**
   * A pipe without streams.
   *
   * @param budget maximum number of bytes that may wait for a stream without packets
   */
  public PacketPipe(long budget) {
    this.interleaver = new Interleaver(this::write, budget);
  }

  /** Adds a stream; streams are numbered in the order added. */
  public void addStream(MuxStream stream) {
    streams.add(stream);
    interleaver.addStream(stream.label(), stream.timeBase());
    packets = new AtomicLongArray(streams.size());
    bytes = new AtomicLongArray(streams.size());
  }

  /** Also delivers packets to this listener. */
  public void listen(PacketListener newListener) {
    listener = newListener;
  }

  /** Checks that the container supports the streams; the destination is not touched. */
  public void prepare(Container newContainer, SessionRequest request, SessionLog log)
      throws IOException {
    Destination destination = Objects.requireNonNull(request.destination(), "destination");
    container = newContainer;
    muxer =
        Muxer.prepare(
            newContainer,
            request.mode(),
            destination,
            streams,
            request.metadata(),
            request.muxerOptions(),
            log);
  }

  /** Starts the listener and the destination. */
  public void start() throws IOException {
    PacketListener target = listener;
    if (target != null) {
      adapter = new ListenerAdapter(target, streams);
      adapter.start();
    }
    Muxer current = muxer;
    if (current != null) {
      current.commit();
    }
  }

  /** Adds a packet of a stream. */
  public void add(int stream, AVPacket packet) throws IOException {
    // the same as locked(), without allocating an object for each packet
    lock.lock();
    try {
      requireWorking();
      interleaver.add(stream, packet);
    } catch (IOException | RuntimeException | Error e) {
      remember(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a stream: it will have no more packets. */
  public void end(int stream) throws IOException {
    locked(() -> interleaver.end(stream));
  }

  /** All streams are about to end: removes the limit on waiting bytes. */
  public void finishing() {
    lock.lock();
    try {
      interleaver.unlimited();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Continues without a limit after too many packets had to wait for one stream.
   *
   * @return false after any other failure
   */
  public boolean resume() {
    lock.lock();
    try {
      if (!interleaver.exceeded()) {
        return false;
      }
      failure = null;
      interleaver.unlimited();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Completes the container. All streams have ended. */
  public void finish() throws IOException {
    locked(
        () -> {
          Muxer current = muxer;
          if (current != null) {
            current.finish();
          }
        });
  }

  /** After a failure: writes the waiting packets and completes the container, if still possible. */
  public void salvage() throws IOException {
    lock.lock();
    try {
      Muxer current = muxer;
      if (current != null && current.canFinish()) {
        for (int stream = 0; stream < streams.size(); stream++) {
          interleaver.end(stream);
        }
        current.finish();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write(int stream, AVPacket packet) throws IOException {
    packets.incrementAndGet(stream);
    bytes.addAndGet(stream, packet.size());
    if (adapter != null) {
      adapter.write(stream, packet);
    }
    Muxer current = muxer;
    if (current != null) {
      current.write(stream, packet);
    }
  }

  /** A step under the lock. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void locked(Step step) throws IOException {
    lock.lock();
    try {
      requireWorking();
      step.run();
    } catch (IOException | RuntimeException | Error e) {
      remember(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void requireWorking() throws IOException {
    if (failure != null) {
      throw new IOException("another stream of this encoder failed: " + failure, failure);
    }
  }

  /** Remembers the first failure. */
  private void remember(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  /** Stops all writing. May be called from any thread. */
  public void cancel() {
    Muxer current = muxer;
    if (current != null) {
      current.cancel();
    }
  }

  /** Returns the bytes passed to the destination. May be called from any thread. */
  public long size() {
    Muxer current = muxer;
    return current == null ? 0 : current.size();
  }

  /** Returns the number of packets of a stream that were written. */
  public long packets(int stream) {
    return packets.get(stream);
  }

  /** Returns the bytes of these packets. */
  public long bytes(int stream) {
    return bytes.get(stream);
  }

  /** Returns the container's name; {@code packets} if there is none. */
  public String containerName() {
    return container.commonName();
  }

  /** Returns notes about anything unusual in the container. */
  public List<String> notes() {
    Muxer current = muxer;
    return current == null ? List.of() : current.notes();
  }

  @Override
  public void close() {
    interleaver.close();
    Muxer current = muxer;
    if (current != null) {
      current.close();
    }
  }
}
