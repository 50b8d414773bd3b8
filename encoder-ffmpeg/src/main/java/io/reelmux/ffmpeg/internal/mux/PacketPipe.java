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
 * Everything behind the encoders: interleaver, listener, muxer. One lock, since a container is
 * written by one thread at a time; a slow destination slows all streams.
 */
public final class PacketPipe implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Interleaver interleaver;
  private final List<MuxStream> streams = new ArrayList<>();
  private AtomicLongArray packets = new AtomicLongArray(0);
  private AtomicLongArray bytes = new AtomicLongArray(0);
  private @Nullable PacketListener listener;
  private @Nullable ListenerAdapter fan;
  private volatile @Nullable Muxer muxer;
  private Container container = Container.PACKETS_ONLY;
  private @Nullable Throwable failure;

  /**
   * A pipe without streams.
   *
   * @param budget most bytes that may wait for a silent stream
   */
  public PacketPipe(long budget) {
    this.interleaver = new Interleaver(this::write, budget);
  }

  /** Adds a stream; they are numbered in the order added. */
  public void addStream(MuxStream stream) {
    streams.add(stream);
    interleaver.addStream(stream.label(), stream.timeBase());
    packets = new AtomicLongArray(streams.size());
    bytes = new AtomicLongArray(streams.size());
  }

  /** Packets go to this listener as well. */
  public void listen(PacketListener newListener) {
    listener = newListener;
  }

  /** Checks that the container takes the streams; the destination is not touched. */
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

  /** Starts listener and destination. */
  public void start() throws IOException {
    PacketListener target = listener;
    if (target != null) {
      fan = new ListenerAdapter(target, streams);
      fan.start();
    }
    Muxer current = muxer;
    if (current != null) {
      current.commit();
    }
  }

  /** Takes a packet of a stream. */
  public void add(int stream, AVPacket packet) throws IOException {
    // as locked() does, without an object for each packet
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

  /** No more packets of a stream will come. */
  public void end(int stream) throws IOException {
    locked(() -> interleaver.end(stream));
  }

  /** All streams are about to end: what waits is no longer limited. */
  public void finishing() {
    lock.lock();
    try {
      interleaver.unlimited();
    } finally {
      lock.unlock();
    }
  }

  /**
   * After packets of a silent stream were waited for in vain: goes on without a limit.
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

  /** After a failure: writes what waits and completes the container, if that is still possible. */
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
    if (fan != null) {
      fan.write(stream, packet);
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

  /** Keeps the first failure. */
  private void remember(Throwable e) {
    if (failure == null) {
      failure = e;
    }
  }

  /** From any thread: nothing more is written. */
  public void cancel() {
    Muxer current = muxer;
    if (current != null) {
      current.cancel();
    }
  }

  /** Bytes handed to the destination, from any thread. */
  public long size() {
    Muxer current = muxer;
    return current == null ? 0 : current.size();
  }

  /** Packets of a stream that were written. */
  public long packets(int stream) {
    return packets.get(stream);
  }

  /** Bytes of these packets. */
  public long bytes(int stream) {
    return bytes.get(stream);
  }

  /** The container's name; {@code packets} where there is none. */
  public String containerName() {
    return container.commonName();
  }

  /** What is unusual about the container. */
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
