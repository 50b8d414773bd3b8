package io.reelmux.ffmpeg.internal.mux;

import io.reelmux.PacketListener;
import io.reelmux.TimeBase;
import io.reelmux.ffmpeg.internal.av.Notes;
import io.reelmux.ffmpeg.internal.av.SessionLog;
import io.reelmux.ffmpeg.internal.av.ThrowingRunnable;
import io.reelmux.ffmpeg.internal.container.Access;
import io.reelmux.ffmpeg.internal.container.Container;
import io.reelmux.spi.Destination;
import io.reelmux.spi.SessionRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.jspecify.annotations.Nullable;

/**
 * Everything that follows the encoders. Packets pass through an {@link Interleaver}, a {@link
 * CountedOutput} and a {@link Tee} to the caller's listener and the {@link Muxer}.
 *
 * <p><b>Lifetime.</b> A pipeline is complete when {@link #prepare} returns: the header is in
 * memory, and the caller's destination and listener have not been touched. {@link #start} starts
 * both, {@link #finish} or {@link #salvage} completes the container, and {@link #close} frees the
 * muxer and the packets that are still waiting. The streams' parameters must outlive the pipeline.
 *
 * <p><b>Locks.</b> One lock guards all of it, since only one thread at a time may write a
 * container. It is held while the caller's destination and listener run, so a slow destination
 * slows down all streams. The first failure ends the work of all streams. {@link #cancel}, {@link
 * #size} and the counts take no lock and may be used from any thread.
 */
public final class OutputPipeline implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final String containerName;
  private final List<ThrowingRunnable<IOException>> starts;
  private final PacketTarget target;
  private final CountedOutput counts;
  private final Interleaver interleaver;
  private @Nullable Throwable failure;

  private OutputPipeline(
      String containerName,
      List<ThrowingRunnable<IOException>> starts,
      PacketTarget target,
      List<MuxStream> streams,
      long budget) {
    this.containerName = containerName;
    this.starts = starts;
    this.target = target;
    this.counts = new CountedOutput(target, streams.size());
    this.interleaver = new Interleaver(counts, streams, budget);
  }

  /**
   * Builds the pipeline and checks that the container supports the streams. The destination is not
   * touched.
   *
   * @param streams all streams; their order gives their numbers
   * @throws IllegalArgumentException if the container does not support the streams or an option
   */
  public static OutputPipeline prepare(
      Container container,
      List<MuxStream> streams,
      SessionRequest request,
      SessionLog log,
      Notes notes)
      throws IOException {
    List<PacketTarget> targets = new ArrayList<>();
    List<ThrowingRunnable<IOException>> starts = new ArrayList<>();
    PacketListener listener = request.packetListener();
    if (listener != null) {
      ListenerAdapter adapter = new ListenerAdapter(listener, streams);
      targets.add(adapter);
      starts.add(adapter::start);
    }
    Destination destination = request.destination();
    if (destination != null) {
      Muxer muxer =
          Muxer.prepare(
              container,
              request.mode(),
              Access.of(destination),
              streams,
              request.metadata(),
              request.muxerOptions(),
              request.reproducible(),
              log,
              notes);
      targets.add(muxer);
      starts.add(() -> muxer.start(destination));
      if (request.reproducible()) {
        container
            .unrepeatable(streams.size())
            .ifPresent(why -> notes.add("the " + container + " may differ each time: " + why));
      }
    } else {
      Timecodes.withoutContainer(streams, notes);
    }
    return new OutputPipeline(
        container.commonName(), starts, new Tee(targets), streams, request.interleaveBudget());
  }

  /** Returns the units of the streams' times in the container; empty if there is none. */
  public List<TimeBase> timeBases() {
    return target.timeBases();
  }

  /** Starts the listener, then the destination. */
  public void start() throws IOException {
    for (ThrowingRunnable<IOException> start : starts) {
      start.run();
    }
  }

  /** Adds a packet of a stream. */
  public void add(int stream, AVPacket packet) throws IOException {
    locked(() -> interleaver.add(stream, packet));
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
    locked(target::finish);
  }

  /** After a failure: writes the waiting packets and completes the container, if still possible. */
  public void salvage() throws IOException {
    lock.lock();
    try {
      if (target.canFinish()) {
        interleaver.endAll();
        target.finish();
      }
    } finally {
      lock.unlock();
    }
  }

  private void locked(ThrowingRunnable<IOException> step) throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw new IOException("another stream of this encoder failed: " + failure, failure);
      }
      step.run();
    } catch (IOException | RuntimeException | Error e) {
      if (failure == null) {
        failure = e;
      }
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Stops all writing. May be called from any thread. */
  public void cancel() {
    target.cancel();
  }

  /** Returns the bytes passed to the destination. May be called from any thread. */
  public long size() {
    return target.size();
  }

  /** Returns the number of packets of a stream that were written. */
  public long packets(int stream) {
    return counts.packets(stream);
  }

  /** Returns the bytes of these packets. */
  public long bytes(int stream) {
    return counts.bytes(stream);
  }

  /** Returns the container's name; {@code packets} if there is none. */
  public String containerName() {
    return containerName;
  }

  @Override
  public void close() {
    interleaver.close();
    target.close();
  }
}
